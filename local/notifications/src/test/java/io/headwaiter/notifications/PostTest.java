package io.headwaiter.notifications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.headwaiter.local.services.FreePort;
import io.headwaiter.notifications.Mail.Recipient;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/** What a mail server's answers mean: no for this mail, or not now. */
class PostTest {

    private static final Mail MAIL = new Mail(
            Recipient.GUEST,
            "<evt_1.guest@headwaiter.example>",
            "Taberna",
            "ana@guest.example",
            null,
            "Subject",
            "Text",
            "<p>Text</p>",
            new byte[0],
            "REQUEST");

    @ParameterizedTest
    @CsvSource({"RCPT,550", "RCPT,501", "RCPT,450", "RCPT,452", "., 554", "DATA,550"})
    void no_to_this_recipient_or_this_content_is_no_to_this_mail(String to, int status) throws Exception {
        try (var server = new ScriptedMailServer(Map.of(to, status + " no <ana@guest.example>"))) {
            assertThatThrownBy(() -> post(server.port()).send(MAIL))
                    .isInstanceOf(Refused.class)
                    .matches(refused -> ((Refused) refused).forGood() == (status >= 500))
                    .hasMessageContaining(Integer.toString(status))
                    .hasMessageNotContaining("ana");
        }
    }

    @ParameterizedTest
    @CsvSource({"MAIL,530", "MAIL,451", ".,451", "DATA,452", "RCPT,421", "HELO,554"})
    void no_to_everything_means_to_wait(String to, int status) throws Exception {
        try (var server = new ScriptedMailServer(Map.of(to, status + " no <ana@guest.example>"))) {
            assertThatThrownBy(() -> post(server.port()).send(MAIL))
                    .isInstanceOf(Away.class)
                    .hasMessageNotContaining("ana");
        }
    }

    @Test
    void a_server_that_is_not_there_or_silent_is_waited_for() throws Exception {
        assertThatThrownBy(() -> post(FreePort.find()).send(MAIL)).isInstanceOf(Away.class);
        try (var server = new ScriptedMailServer(Map.of("RCPT", ""))) {
            assertTimeoutPreemptively(Duration.ofSeconds(10), () -> assertThatThrownBy(
                            () -> post(server.port()).send(MAIL))
                    .isInstanceOf(Away.class));
        }
    }

    @Test
    void what_is_taken_is_taken() throws Exception {
        try (var server = new ScriptedMailServer(Map.of())) {
            post(server.port()).send(MAIL);

            assertThat(server.heard())
                    .contains("MAIL FROM:<bookings@headwaiter.example>", "RCPT TO:<ana@guest.example>");
        }
    }

    private static Post post(int port) {
        JavaMailSenderImpl server = new JavaMailSenderImpl();
        server.setHost("127.0.0.1");
        server.setPort(port);
        server.getJavaMailProperties().put("mail.smtp.timeout", "500");
        return new Post(
                server,
                new NotificationsProperties(
                        URI.create("http://localhost"),
                        "key",
                        "bookings@headwaiter.example",
                        Locale.ENGLISH,
                        Map.of(),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(1),
                        1));
    }
}
