package io.headwaiter.local.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Keep-alive connections to one server. One thread reads them all: whoever asks shares two cores with those who are measured, so
 * what it costs is what they lack.
 */
final class Connections implements AutoCloseable {

    private final InetSocketAddress server;
    private final Selector selector;
    private final Queue<Connection> opened = new ConcurrentLinkedQueue<>();

    Connections(URI url) {
        server = new InetSocketAddress(url.getHost(), url.getPort());
        try {
            selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofPlatform().daemon().name("connections").start(this::listen);
    }

    Connection open() {
        Connection connection = new Connection(this);
        connection.connect();
        return connection;
    }

    /** For a connection that has no channel yet, or whose channel the server has closed. */
    SocketChannel connect(Connection connection) throws IOException {
        SocketChannel channel = SocketChannel.open();
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.connect(server);
        channel.configureBlocking(false);
        opened.add(connection);
        selector.wakeup();
        return channel;
    }

    private void listen() {
        try {
            while (selector.isOpen()) {
                selector.select(Connections::read);
                for (Connection connection = opened.poll(); connection != null; connection = opened.poll()) {
                    connection.listenWith(selector);
                }
            }
        } catch (IOException | ClosedSelectorException closed) {
            // By close().
        }
    }

    private static void read(SelectionKey key) {
        ((Connection) key.attachment()).read();
    }

    @Override
    public void close() {
        try {
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
