package io.headwaiter.local.services;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A port of the loopback address that nobody listens on.
 *
 * <p>Below the range that systems take outgoing ports from (32768 and up on Linux, 49152 on macOS): else any client
 * could be given the port of a server that is just being restarted. Chosen at random, so that builds side by side do
 * not meet, and never twice by one JVM.
 */
public final class FreePort {

    private static final int FIRST = 20_000;
    private static final int END = 32_000;
    private static final int CONNECT_MILLIS = 500;
    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

    private FreePort() {}

    public static int find() {
        for (int attempt = 0; attempt < 1000; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, END);
            if (isFree(port) && GIVEN.add(port)) {
                return port;
            }
        }
        throw new IllegalStateException("No free port between " + FIRST + " and " + END);
    }

    /** Whether a server could listen on the port of the loopback address. */
    public static boolean isFree(int port) {
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        // Where a server listens on all addresses, macOS would let another listen on one: so see who answers first.
        try (var client = new Socket()) {
            client.connect(address, CONNECT_MILLIS);
            return false;
        } catch (IOException nobodyAnswers) {
            return canListen(address);
        }
    }

    private static boolean canListen(InetSocketAddress address) {
        try (var server = new ServerSocket()) {
            server.setReuseAddress(true);
            server.bind(address);
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
