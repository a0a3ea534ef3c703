package io.headwaiter.local.proxy;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One connection through the proxy: reads what the client sends message by message (type, length, body; at the beginning there is
 * no type), and hands on what the server answers as it comes.
 */
final class ProxiedConnection {

    private static final int HEADER = 4;
    private static final int SSL_REQUEST = 80_877_103;
    private static final int GSS_REQUEST = 80_877_104;
    private static final int BUFFER = 16 * 1024;
    private static final int LARGEST = 64 * 1024 * 1024;
    private static final byte NO_TRANSACTION = 'I';
    private static final byte FAILED_TRANSACTION = 'E';
    private static final byte UNFINISHED = 0;

    private final DatabaseProxy proxy;
    private final Socket client;
    private final Socket server;
    private final FindCommit findCommit = new FindCommit();
    private volatile DatabaseProxy.@Nullable Planned cutting;

    ProxiedConnection(DatabaseProxy proxy, Socket client, Socket server) {
        this.proxy = proxy;
        this.client = client;
        this.server = server;
    }

    /** Until one of the two is gone. */
    void run() throws IOException {
        Thread answers = Thread.ofVirtual().start(this::handAnswersOn);
        try {
            // What a client sends at once is passed on at once: a system call a message would cost more than the
            // server.
            DataInputStream from = new DataInputStream(new BufferedInputStream(client.getInputStream(), BUFFER));
            OutputStream to = new BufferedOutputStream(server.getOutputStream(), BUFFER);
            begin(from, to);
            while (handOn(from, to)) {
                // Message by message.
            }
        } catch (EOFException clientHasLeft) {
            // So does its connection to the server.
        } finally {
            if (cutting == null) {
                server.close();
                client.close();
            }
        }
        try {
            answers.join();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static void begin(DataInputStream from, OutputStream to) throws IOException {
        int code;
        do {
            byte[] body = body(from);
            to.write(ByteBuffer.allocate(HEADER + body.length)
                    .putInt(HEADER + body.length)
                    .put(body)
                    .array());
            to.flush();
            code = ByteBuffer.wrap(body).getInt();
        } while (code == SSL_REQUEST || code == GSS_REQUEST);
    }

    private boolean handOn(DataInputStream from, OutputStream to) throws IOException {
        byte type = from.readByte();
        byte[] body = body(from);
        if (cutting == null && findCommit.isCommit(type, body)) {
            Optional<DatabaseProxy.Planned> planned = proxy.takePlanned();
            if (planned.isPresent() && planned.get().cut() == Cut.BEFORE) {
                client.close();
                server.close();
                planned.get().done().complete(null);
                return false;
            }
            cutting = planned.orElse(null);
        }
        // Of PostgreSQL's protocol: Execute, Query, Sync.
        if (type == 'E' || type == 'Q') {
            proxy.countStatement();
        }
        // A BEGIN goes with what follows it, and nobody waits for it alone.
        if ((type == 'S' || type == 'Q') && from.available() == 0) {
            proxy.countRoundTrip();
            delay();
        }
        to.write(ByteBuffer.allocate(1 + HEADER + body.length)
                .put(type)
                .putInt(HEADER + body.length)
                .put(body)
                .array());
        if (from.available() == 0) {
            to.flush();
        }
        return true;
    }

    private void delay() {
        if (!proxy.delay().isZero()) {
            try {
                Thread.sleep(proxy.delay());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            }
        }
    }

    private static byte[] body(DataInputStream from) throws IOException {
        int length = from.readInt() - HEADER;
        if (length < 0 || length > LARGEST) {
            throw new IOException("not PostgreSQL's protocol: a message of " + length + " bytes");
        }
        byte[] body = new byte[length];
        from.readFully(body);
        return body;
    }

    /** The state of the transaction, if the server ends with it (ReadyForQuery), and so has answered all it was sent. */
    private static byte stateAtEnd(byte[] answers) {
        int at = answers.length - 2 - HEADER;
        boolean ready =
                at >= 0 && answers[at] == 'Z' && ByteBuffer.wrap(answers).getInt(at + 1) == HEADER + 1;
        return ready ? answers[answers.length - 1] : UNFINISHED;
    }

    private void handAnswersOn() {
        byte[] some = new byte[32 * 1024];
        try (client;
                server) {
            InputStream from = server.getInputStream();
            OutputStream to = client.getOutputStream();
            ByteArrayOutputStream withheld = new ByteArrayOutputStream();
            for (int read = from.read(some); read >= 0; read = from.read(some)) {
                withheld.write(some, 0, read);
                DatabaseProxy.Planned cut = cutting;
                if (cut != null) {
                    byte state = stateAtEnd(withheld.toByteArray());
                    if (state == NO_TRANSACTION) {
                        // It is committed. Its client will never know.
                        client.close();
                        cut.done().complete(null);
                        return;
                    }
                    if (state != FAILED_TRANSACTION) {
                        // What travels with a COMMIT, a BEGIN perhaps, is answered before that is done.
                        continue;
                    }
                    // The COMMIT was skipped.
                    proxy.planAgain(cut);
                    cutting = null;
                }
                withheld.writeTo(to);
                withheld.reset();
                to.flush();
            }
        } catch (IOException over) {
            // Both ends are closed.
        }
        DatabaseProxy.Planned missed = cutting;
        if (missed != null) {
            // The server hung up instead.
            proxy.planAgain(missed);
        }
    }
}
