package io.headwaiter.local.run;

import com.icegreen.greenmail.store.StoredMessage;
import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Pages for whoever wants to see what is mailed: a list, each mail as its recipient sees it, and its source. */
final class MailPages {

    private static final Pattern PATH = Pattern.compile("/mails/(\\d{1,9})(/source|/booking\\.ics)?");
    private static final String HTML = "text/html; charset=utf-8";
    private static final String PLAIN = "text/plain; charset=utf-8";

    private final Mailbox mailbox;
    private final Template list = template("mails.html");
    private final Template one = template("mail.html");

    private MailPages(Mailbox mailbox) {
        this.mailbox = mailbox;
    }

    /** Says what ends it. */
    static AutoCloseable serve(Mailbox mailbox, int port) throws IOException {
        var pages = new MailPages(mailbox);
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", pages::answer);
        server.start();
        return () -> server.stop(0);
    }

    private record Line(long id, String to, String subject, String at) {}

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String host = String.valueOf(exchange.getRequestHeaders().getFirst("Host"));
            // Not to a page of the Web whose name leads here.
            if (!Set.of("127.0.0.1", "localhost").contains(host.replaceAll(":\\d+$", ""))) {
                send(exchange, 421, PLAIN, "Not here.\n");
                return;
            }
            String path = exchange.getRequestURI().getPath();
            if (path.equals("/")) {
                var lines =
                        mailbox.mails().reversed().stream().map(MailPages::line).toList();
                send(exchange, 200, HTML, list.execute(Map.of("mails", lines, "none", lines.isEmpty())));
                return;
            }
            Matcher found = PATH.matcher(path);
            Optional<StoredMessage> mail =
                    found.matches() ? mailbox.mail(Long.parseLong(found.group(1))) : Optional.empty();
            if (mail.isPresent()) {
                show(exchange, mail.get(), Objects.requireNonNullElse(found.group(2), ""));
            } else {
                send(exchange, 404, PLAIN, "There is no such mail, or it was forgotten.\n");
            }
        } catch (MessagingException unreadable) {
            throw new IOException(unreadable);
        }
    }

    private void show(HttpExchange exchange, StoredMessage mail, String what) throws IOException, MessagingException {
        var parts = MailParts.of(mail.getMimeMessage());
        switch (what) {
            case "/source" -> {
                var source = new ByteArrayOutputStream();
                mail.getMimeMessage().writeTo(source);
                send(exchange, 200, PLAIN, source.toString(StandardCharsets.UTF_8));
            }
            case "/booking.ics" -> send(exchange, 200, "text/calendar; charset=utf-8", parts.text("text/calendar"));
            default ->
                send(
                        exchange,
                        200,
                        HTML,
                        one.execute(Map.of(
                                "mail", line(mail),
                                "html", parts.text("text/html"),
                                "text", parts.text("text/plain"),
                                "calendar", parts.text("text/calendar"))));
        }
    }

    private static Line line(StoredMessage mail) {
        try {
            var message = mail.getMimeMessage();
            return new Line(
                    mail.getUid(),
                    InternetAddress.toUnicodeString(message.getAllRecipients()),
                    Objects.requireNonNullElse(message.getSubject(), ""),
                    "%tT".formatted(mail.getReceivedDate()));
        } catch (MessagingException unreadable) {
            return new Line(mail.getUid(), "", "(not readable)", "");
        }
    }

    private static void send(HttpExchange exchange, int status, String type, String text) throws IOException {
        var headers = exchange.getResponseHeaders();
        headers.set("Content-Type", type);
        // A mail's HTML is shown in a sandbox besides. Nothing that it names is fetched, nothing in it runs.
        headers.set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'");
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Referrer-Policy", "no-referrer");
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    private static Template template(String name) {
        try (var stream = Objects.requireNonNull(MailPages.class.getResourceAsStream(name));
                var reader = new InputStreamReader(stream, StandardCharsets.UTF_8)) {
            return Mustache.compiler().compile(reader);
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }
}
