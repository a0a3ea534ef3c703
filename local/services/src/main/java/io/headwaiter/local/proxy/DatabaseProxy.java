package io.headwaiter.local.proxy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Stands between applications and PostgreSQL. It can break a connection exactly at a COMMIT, make every statement slow, and let the
 * database be away.
 */
public final class DatabaseProxy implements AutoCloseable {

    /** @param done completes when the connection is broken */
    record Planned(Cut cut, CompletableFuture<Void> done) {}

    private static final int CONNECT_MILLIS = 2_000;

    private final ServerSocket door;
    private final int serverPort;
    private final Set<Socket> connected = ConcurrentHashMap.newKeySet();
    private final LongAdder statements = new LongAdder();
    private final LongAdder roundTrips = new LongAdder();
    private volatile Duration delay = Duration.ZERO;
    private volatile boolean away;
    private @Nullable Planned planned;

    private DatabaseProxy(ServerSocket door, int serverPort) {
        this.door = door;
        this.serverPort = serverPort;
    }

    public static DatabaseProxy to(int serverPort) {
        try {
            DatabaseProxy proxy =
                    new DatabaseProxy(new ServerSocket(0, 200, InetAddress.getLoopbackAddress()), serverPort);
            Thread.ofPlatform().daemon().name("database-proxy").start(proxy::accept);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return door.getLocalPort();
    }

    /** From now on each round trip takes so much longer. */
    public void delay(Duration each) {
        delay = each;
    }

    Duration delay() {
        return delay;
    }

    /** That were executed through it so far; BEGIN and COMMIT are some. */
    public long statements() {
        return statements.sum();
    }

    /** Times that a client waited for an answer so far: after one statement, or after several that it sent together. */
    public long roundTrips() {
        return roundTrips.sum();
    }

    void countStatement() {
        statements.increment();
    }

    void countRoundTrip() {
        roundTrips.increment();
    }

    /** Breaks every connection, and takes no other until it comes back. */
    public void goAway() {
        away = true;
        connected.forEach(DatabaseProxy::close);
    }

    public void comeBack() {
        away = false;
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException gone) {
            // As wanted.
        }
    }

    /** At the next COMMIT. Completes when it is done; who cancels it calls it off. */
    public synchronized CompletableFuture<Void> cutAtNextCommit(Cut cut) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        planned = new Planned(cut, done);
        return done;
    }

    /** For a connection that is about to commit: whether it is this one that breaks. */
    synchronized Optional<Planned> takePlanned() {
        Optional<Planned> taken =
                Optional.ofNullable(planned).filter(cut -> !cut.done().isCancelled());
        planned = null;
        return taken;
    }

    /** It was not this COMMIT, so the next it is, unless another was asked for meanwhile. */
    synchronized void planAgain(Planned cut) {
        if (planned == null) {
            planned = cut;
        }
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket client = door.accept();
                Thread.ofVirtual().start(() -> connect(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void connect(Socket client) {
        try (client;
                Socket server = new Socket()) {
            connected.add(client);
            if (away) {
                return;
            }
            server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), serverPort), CONNECT_MILLIS);
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            new ProxiedConnection(this, client, server).run();
        } catch (IOException over) {
            // As if there were no proxy: the client finds its connection broken.
        } finally {
            connected.remove(client);
        }
    }

    @Override
    public void close() {
        try {
            door.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
