package io.headwaiter.notifications;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import io.headwaiter.notifications.Gateway.Client;
import io.headwaiter.notifications.Mail.Recipient;
import io.headwaiter.schemas.BookingCancelled;
import io.headwaiter.schemas.BookingMoved;
import io.headwaiter.schemas.ReservationFacts;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.FormatStyle;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.context.support.ResourceBundleMessageSource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;

/** The words, from {@code messages_*.properties} and {@code templates/}: in the restaurant's language, by its clock. */
@Component
class WriteMails {

    private final NotificationsProperties settings;
    private final ResourceBundleMessageSource messages = new ResourceBundleMessageSource();
    private final Template html = template("mail.html", Mustache.compiler());
    private final Template text = template("mail.txt", Mustache.compiler().escapeHTML(false));

    WriteMails(NotificationsProperties settings) {
        this.settings = settings;
        messages.setBasename("messages");
        messages.setDefaultEncoding(StandardCharsets.UTF_8.name());
        messages.setFallbackToSystemLocale(false);
        messages.setDefaultLocale(Locale.ENGLISH);
    }

    private record Line(String label, String value) {}

    private record Page(String language, String subject, String title, String lead, List<Line> lines, String close) {}

    /** One for the guest and one for the house, as far as there are addresses. */
    List<Mail> about(News news) {
        List<Mail> mails = new ArrayList<>();
        String house = settings.house(news.event().restaurantId()).email();
        if (house != null) {
            mails.add(write(news, Recipient.HOUSE, house, null));
        }
        Client guest = news.guest();
        if (guest != null && guest.email() != null) {
            mails.add(write(news, Recipient.GUEST, guest.email(), house));
        }
        return mails;
    }

    private Mail write(News news, Recipient recipient, String to, @Nullable String replyTo) {
        Locale language = settings.languageOf(news.event().restaurantId());
        String restaurant = onOneLine(news.restaurant().name());
        ReservationFacts booked = news.event().reservation();
        String when = when(booked.date(), news.restaurant().timeZone(), language);
        String who = recipient.name().toLowerCase(Locale.ROOT);
        String what = who + "."
                + (news.event() instanceof BookingCancelled
                        ? "cancelled"
                        : news.event() instanceof BookingMoved ? "moved" : "confirmed");
        Page page = new Page(
                language.toLanguageTag(),
                say(language, what + ".subject", restaurant, when, booked.guests()),
                say(language, what + ".title"),
                say(language, what + ".lead", restaurant),
                lines(news, recipient, when, language),
                say(language, what + ".close"));
        String summary = say(language, who + ".summary", restaurant, booked.guests());
        CalendarEntry entry = CalendarEntry.of(news, summary, settings.from(), to);
        return new Mail(
                recipient,
                "<" + news.envelope().id() + "." + who + "@" + domain() + ">",
                restaurant,
                to,
                replyTo,
                page.subject(),
                text.execute(page),
                html.execute(page),
                entry.bytes(),
                entry.method());
    }

    private List<Line> lines(News news, Recipient recipient, String when, Locale language) {
        ReservationFacts booked = news.event().reservation();
        List<Line> lines = new ArrayList<>();
        lines.add(line(language, "when", when));
        lines.add(line(language, "party", say(language, "guests", booked.guests())));
        lines.add(line(language, "table", news.event().table().name()));
        if (news.event() instanceof BookingMoved moved) {
            BookingMoved.Previous before = moved.previous();
            lines.add(line(
                    language,
                    "before",
                    when(before.date(), news.restaurant().timeZone(), language) + ", "
                            + say(language, "guests", before.guests())));
        }
        // Not to the guest: whoever books gives name and address, and could write to a stranger by giving theirs.
        if (recipient == Recipient.HOUSE) {
            if (news.guest() != null && news.guest().name() != null) {
                lines.add(line(language, "name", news.guest().name()));
            }
            if (booked.reference() != null) {
                lines.add(line(language, "reference", booked.reference()));
            }
        }
        lines.add(line(language, "number", Long.toString(booked.id())));
        return lines;
    }

    private Line line(Locale language, String label, String value) {
        return new Line(say(language, "label." + label), onOneLine(value));
    }

    private String say(Locale language, String code, Object... arguments) {
        return messages.getMessage(code, arguments, language);
    }

    /** With the zone, since an hour may come twice in a night. */
    private static String when(Instant date, ZoneId timeZone, Locale language) {
        return new DateTimeFormatterBuilder()
                .append(DateTimeFormatter.ofLocalizedDateTime(FormatStyle.FULL, FormatStyle.SHORT))
                .appendLiteral(' ')
                .appendZoneText(TextStyle.SHORT)
                .toFormatter(language)
                .format(date.atZone(timeZone));
    }

    /** A line more would be a header more. */
    private static String onOneLine(String text) {
        return text.replaceAll("[\\p{Cc}\\p{Zl}\\p{Zp}]+", " ");
    }

    private String domain() {
        return settings.from().substring(settings.from().lastIndexOf('@') + 1);
    }

    private static Template template(String name, Mustache.Compiler compiler) {
        try (Reader reader = new InputStreamReader(
                new ClassPathResource("templates/" + name).getInputStream(), StandardCharsets.UTF_8)) {
            return compiler.compile(reader);
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }
}
