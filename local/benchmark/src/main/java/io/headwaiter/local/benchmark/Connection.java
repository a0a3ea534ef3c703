package io.headwaiter.local.benchmark;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One caller: asks, and is answered, before it asks again. */
final class Connection {

    /** Of an answer that never came. */
    static final int NO_ANSWER = 0;

    private static final int BUFFER = 4 * 1024;

    /** Hears the answer, on the thread that reads all of them. */
    interface Caller {

        /** @param asked when, as System.nanoTime says: or when it should have been */
        void answered(Connection connection, int status, long asked);
    }

    private final Connections all;
    private @Nullable SocketChannel channel;
    private byte[] received = new byte[BUFFER];
    private int length;
    private long asked;
    private @Nullable Caller caller;
    private int bodyAt;
    private int bodyEnd;

    Connection(Connections all) {
        this.all = all;
    }

    synchronized void connect() {
        try {
            channel = all.connect(this);
        } catch (IOException refused) {
            channel = null;
        }
    }

    synchronized void listenWith(Selector selector) {
        try {
            if (channel != null) {
                channel.register(selector, SelectionKey.OP_READ, this);
            }
        } catch (ClosedChannelException closedAlready) {
            // It is opened again when it is needed.
        }
    }

    /** Returns when it is on its way. */
    synchronized void send(byte[] request, long since, Caller whoAsks) {
        asked = since;
        length = 0;
        if (channel == null || !channel.isOpen()) {
            connect();
        }
        try {
            if (channel == null) {
                throw new IOException("nobody listens");
            }
            caller = whoAsks;
            ByteBuffer bytes = ByteBuffer.wrap(request);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException broken) {
            drop();
            caller = null;
            whoAsks.answered(this, NO_ANSWER, since);
        }
    }

    /** What there is to read. */
    void read() {
        Caller heard = null;
        int status = NO_ANSWER;
        synchronized (this) {
            try {
                int end = receive();
                if (end > 0) {
                    status = HttpAnswer.status(received);
                    heard = caller;
                    caller = null;
                }
            } catch (IOException broken) {
                drop();
                heard = caller;
                caller = null;
            }
        }
        if (heard != null) {
            heard.answered(this, status, asked);
        }
    }

    /** @return 0 until the answer is whole */
    private int receive() throws IOException {
        if (channel == null) {
            return 0;
        }
        if (length == received.length) {
            received = Arrays.copyOf(received, 2 * received.length);
        }
        int read = channel.read(ByteBuffer.wrap(received, length, received.length - length));
        if (read < 0) {
            throw new IOException("the server has closed the connection");
        }
        length += read;
        HttpAnswer answer = HttpAnswer.in(received, length);
        if (answer == null) {
            return 0;
        }
        bodyAt = answer.bodyAt();
        bodyEnd = answer.end();
        if (answer.closing()) {
            drop();
        }
        return answer.end();
    }

    private void drop() {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException gone) {
                // As wanted.
            }
            channel = null;
        }
    }

    /** Of the last answer; for its caller, while it is being told. */
    synchronized String body() {
        return new String(received, bodyAt, bodyEnd - bodyAt, StandardCharsets.UTF_8);
    }
}
