package io.headwaiter.notifications;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** Says to a command what the script says, nothing if that is empty, and yes to all others. A mail's last line is a command, too. */
final class ScriptedMailServer implements AutoCloseable {

    private final ServerSocket door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    private final Map<String, String> script;
    private final List<String> heard = new CopyOnWriteArrayList<>();

    ScriptedMailServer(Map<String, String> script) throws IOException {
        this.script = script;
        Thread.ofVirtual().start(this::serve);
    }

    int port() {
        return door.getLocalPort();
    }

    List<String> heard() {
        return heard;
    }

    private void serve() {
        while (!door.isClosed()) {
            try (Socket client = door.accept()) {
                talk(client);
            } catch (IOException gone) {
                // The next one is welcome, too.
            }
        }
    }

    private void talk(Socket client) throws IOException {
        var lines = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
        var out = new PrintStream(client.getOutputStream(), true, StandardCharsets.UTF_8);
        out.print("220 here\r\n");
        boolean inMail = false;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (inMail && !line.equals(".")) {
                continue;
            }
            heard.add(line);
            String command = line.split(" ", 2)[0].toUpperCase(Locale.ROOT);
            String usual = command.equals("DATA") ? "354 go on" : command.equals("EHLO") ? "502 no" : "250 yes";
            String reply = script.getOrDefault(command, usual);
            if (!reply.isEmpty()) {
                out.print(reply + "\r\n");
            }
            inMail = command.equals("DATA") && reply.startsWith("354");
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
    }
}
