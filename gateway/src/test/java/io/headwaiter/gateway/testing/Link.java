package io.headwaiter.gateway.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A way to a server that can be cut and mended, for one client alone. */
public final class Link implements AutoCloseable {

    private final InetSocketAddress server;
    private final ServerSocket door;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private boolean cut;

    private Link(InetSocketAddress server) throws IOException {
        this.server = server;
        this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    /** To the server of this JDBC URL. */
    public static Link to(String jdbcUrl) {
        URI uri = URI.create(jdbcUrl.substring("jdbc:".length()));
        try {
            return new Link(new InetSocketAddress(uri.getHost(), uri.getPort()));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The same URL, by way of this link. */
    public String through(String jdbcUrl) {
        URI uri = URI.create(jdbcUrl.substring("jdbc:".length()));
        return "jdbc:postgresql://127.0.0.1:" + door.getLocalPort() + uri.getPath();
    }

    public synchronized void cut() {
        cut = true;
        open.forEach(Link::close);
    }

    public synchronized void mend() {
        cut = false;
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                connect(door.accept());
            } catch (IOException closed) {
                // The next one may get through.
            }
        }
    }

    private synchronized void connect(Socket client) throws IOException {
        if (cut) {
            client.close();
            return;
        }
        Socket other = new Socket(server.getAddress(), server.getPort());
        open.add(client);
        open.add(other);
        Thread.ofVirtual().start(() -> copy(client, other));
        Thread.ofVirtual().start(() -> copy(other, client));
    }

    private void copy(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException broken) {
            // One end is gone, so both go.
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException gone) {
            // As wanted.
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
        cut();
    }
}
