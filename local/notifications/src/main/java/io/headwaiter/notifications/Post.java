package io.headwaiter.notifications;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.mail.MailException;
import org.springframework.mail.MailSendException;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mail.javamail.MimeMessageHelper;
import org.springframework.stereotype.Component;

/** Hands mails to the mail server. */
@Component
class Post {

    /** To whoever comes through the door while the server is closing it. */
    private static final int CLOSING = 421;

    private final JavaMailSender server;
    private final String from;

    Post(JavaMailSender server, NotificationsProperties settings) {
        this.server = server;
        this.from = settings.from();
    }

    /**
     * Returns when the server has taken it.
     *
     * @throws Refused when the server takes mails, but not this one
     * @throws Away when it takes none
     */
    void send(Mail mail) {
        MimeMessage message = compose(mail);
        try {
            server.send(message);
        } catch (MailException failure) {
            throw judged(failure);
        }
    }

    private MimeMessage compose(Mail mail) {
        try {
            MimeMessage message = server.createMimeMessage();
            message.setHeader("Message-ID", mail.id());
            // Nobody's absence is to be answered to (RFC 3834).
            message.setHeader("Auto-Submitted", "auto-generated");
            MimeMessageHelper parts = new MimeMessageHelper(message, true, StandardCharsets.UTF_8.name());
            parts.setFrom(new InternetAddress(from, mail.sender(), StandardCharsets.UTF_8.name()));
            parts.setTo(new InternetAddress(mail.to(), true));
            if (mail.replyTo() != null) {
                parts.setReplyTo(new InternetAddress(mail.replyTo(), true));
            }
            parts.setSubject(mail.subject());
            parts.setText(mail.text(), mail.html());
            parts.addAttachment(
                    "booking.ics",
                    new ByteArrayResource(mail.calendar()),
                    "text/calendar; charset=UTF-8; method=" + mail.method());
            return message;
        } catch (AddressException noAddress) {
            throw new Refused(
                    "The address of the " + mail.recipient().name().toLowerCase(Locale.ROOT) + " is none", true);
        } catch (MessagingException | UnsupportedEncodingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Of what the server said only the number is passed on: it likes to quote addresses. */
    private static RuntimeException judged(MailException failure) {
        if (failure instanceof MailSendException sending) {
            for (Exception one : sending.getMessageExceptions()) {
                Integer said = refusal(one);
                if (said != null) {
                    return new Refused("The mail server refuses a mail, with " + said, said >= 500);
                }
            }
        }
        return new Away("The mail server cannot be reached, or takes no mails ("
                + failure.getClass().getSimpleName() + ")");
    }

    /** What the server said about this recipient or this content, if that is why it did not take the mail. */
    private static @Nullable Integer refusal(@Nullable Exception failure) {
        for (Exception one = failure;
                one instanceof MessagingException;
                one = ((MessagingException) one).getNextException()) {
            if (one instanceof SMTPAddressFailedException address && address.getReturnCode() != CLOSING) {
                return address.getReturnCode();
            }
            // To MAIL it would say the same for every mail, and 4xx means that another time will do.
            if (one instanceof SMTPSendFailedException sending
                    && sending.getReturnCode() >= 500
                    && !sending.getCommand().startsWith("MAIL")) {
                return sending.getReturnCode();
            }
        }
        return null;
    }
}
