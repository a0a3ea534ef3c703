package io.headwaiter.local.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwaiter.local.services.FreePort;
import jakarta.mail.Message;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is sent to the mail server of the run can be looked at, whatever is in it. */
class MailPagesTest {

    private final Mailbox mailbox = new Mailbox(FreePort.find());
    private final int port = FreePort.find();
    private AutoCloseable pages = () -> {};

    @BeforeEach
    void start() throws IOException {
        mailbox.start();
        pages = MailPages.serve(mailbox, port);
    }

    @AfterEach
    void stop() throws Exception {
        pages.close();
        mailbox.stop();
    }

    @Test
    void a_mail_is_listed_and_shown_and_runs_nothing() throws Exception {
        assertThat(get("/").body()).contains("None yet");

        send("ana@guest.example", "<script>alert(1)</script> ñ", "<p>Hello</p><script>alert(2)</script>\"></iframe>");

        assertThat(get("/").body())
                .contains("ana@guest.example", "&lt;script&gt;alert(1)&lt;/script&gt; ñ", "/mails/")
                .doesNotContain("<script");
        String path = "/mails/" + mailbox.mails().getFirst().getUid();
        HttpResponse<String> page = get(path);
        assertThat(page.body())
                .contains("<iframe sandbox srcdoc=\"&lt;p&gt;Hello", "&lt;b&gt;text")
                .doesNotContain("<script", "\"></iframe>\"");
        assertThat(page.headers().firstValue("Content-Security-Policy"))
                .hasValueSatisfying(policy -> assertThat(policy).contains("default-src 'none'"));
        assertThat(get(path + "/source").headers().firstValue("Content-Type")).hasValue("text/plain; charset=utf-8");
        assertThat(get(path + "/source").body()).contains("Subject: ", "text/html");
    }

    @Test
    void what_is_not_there_is_404() throws Exception {
        for (String path : new String[] {"/mails/99", "/mails/x", "/mails/99999999999999999999", "/mails/", "/x"}) {
            assertThat(get(path).statusCode()).as(path).isEqualTo(404);
        }
    }

    @Test
    void a_page_of_the_web_whose_name_leads_here_sees_nothing() throws Exception {
        send("ana@guest.example", "Secret", "<p>Hello</p>");
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream()
                    .write("GET / HTTP/1.1\r\nHost: evil.example:80\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.UTF_8));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 421")
                    .doesNotContain("Secret");
        }
    }

    @Test
    void the_latest_are_kept() throws Exception {
        try (Transport connection = session().getTransport("smtp")) {
            connection.connect();
            for (int i = 0; i < Mailbox.MOST_KEPT + 3; i++) {
                var message = message("guest" + i + "@guest.example", "Mail " + i, "<p>Hello</p>");
                connection.sendMessage(message, message.getAllRecipients());
            }
        }

        assertThat(mailbox.mails()).hasSize(Mailbox.MOST_KEPT);
        assertThat(get("/").body())
                .contains(">Mail " + (Mailbox.MOST_KEPT + 2) + "<")
                .doesNotContain(">Mail 2<");
    }

    private void send(String to, String subject, String html) throws Exception {
        Transport.send(message(to, subject, html));
    }

    private Session session() {
        var settings = new Properties();
        settings.put("mail.smtp.host", "127.0.0.1");
        settings.put("mail.smtp.port", Integer.toString(mailbox.port()));
        return Session.getInstance(settings);
    }

    private MimeMessage message(String to, String subject, String html) throws Exception {
        var message = new MimeMessage(session());
        message.setFrom(new InternetAddress("bookings@headwaiter.example"));
        message.setRecipients(Message.RecipientType.TO, to);
        message.setSubject(subject, "UTF-8");
        var text = new MimeBodyPart();
        text.setText("<b>text", "UTF-8");
        var rich = new MimeBodyPart();
        rich.setContent(html, "text/html; charset=UTF-8");
        message.setContent(new MimeMultipart("alternative", text, rich));
        message.saveChanges();
        return message;
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }
}
