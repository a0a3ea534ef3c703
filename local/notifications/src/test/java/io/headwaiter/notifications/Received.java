package io.headwaiter.notifications;

import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.fortuna.ical4j.data.CalendarBuilder;
import net.fortuna.ical4j.data.ParserException;
import net.fortuna.ical4j.model.Calendar;

/** A mail as its recipient has it, taken apart. */
record Received(MimeMessage message, List<Part> parts) {

    static Received of(MimeMessage message) {
        try {
            List<Part> parts = new ArrayList<>();
            collect(message, parts);
            return new Received(message, parts);
        } catch (MessagingException | IOException broken) {
            throw new AssertionError(broken);
        }
    }

    private static void collect(Part part, List<Part> parts) throws MessagingException, IOException {
        if (part.getContent() instanceof Multipart several) {
            for (int i = 0; i < several.getCount(); i++) {
                BodyPart one = several.getBodyPart(i);
                collect(one, parts);
            }
        } else {
            parts.add(part);
        }
    }

    String text() {
        return content("text/plain");
    }

    String html() {
        return content("text/html");
    }

    /** By the library's own reading, and held against iTIP's rules for the method. */
    Calendar calendar() {
        try {
            Calendar calendar = new CalendarBuilder().build(new StringReader(content("text/calendar")));
            if (calendar.validate().hasErrors()) {
                throw new AssertionError(calendar.validate().toString());
            }
            return calendar;
        } catch (IOException | ParserException broken) {
            throw new AssertionError(content("text/calendar"), broken);
        }
    }

    String calendarType() {
        return header(part("text/calendar"), "Content-Type");
    }

    String header(String name) {
        return header(message, name);
    }

    String subject() {
        try {
            return message.getSubject();
        } catch (MessagingException broken) {
            throw new AssertionError(broken);
        }
    }

    private static String header(Part part, String name) {
        try {
            String[] values = part.getHeader(name);
            return values == null ? "" : String.join(" | ", values);
        } catch (MessagingException broken) {
            throw new AssertionError(broken);
        }
    }

    private Part part(String type) {
        return parts.stream()
                .filter(part -> is(part, type))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + type));
    }

    private static boolean is(Part part, String type) {
        try {
            return part.isMimeType(type);
        } catch (MessagingException broken) {
            throw new AssertionError(broken);
        }
    }

    private String content(String type) {
        try (InputStream in = part(type).getInputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException | MessagingException broken) {
            throw new AssertionError(broken);
        }
    }
}
