package io.headwaiter.notifications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.headwaiter.local.services.FreePort;
import io.headwaiter.local.services.Services;
import io.headwaiter.notifications.Events.Booking;
import io.headwaiter.schemas.BookingEvent;
import io.headwaiter.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import net.fortuna.ical4j.model.Calendar;
import net.fortuna.ical4j.model.Property;
import net.fortuna.ical4j.model.component.VEvent;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.context.ConfigurableApplicationContext;

/** From the topic to the mailboxes. */
class NotificationsTest {

    /** In English, by New York's clock, with a house that reads mails. */
    private static final long NIGHT_OWL = 1;

    /** In Spanish, by Madrid's. */
    private static final long TABERNA = 2;

    /** Gets no mails itself. */
    private static final long SHY = 3;

    private static final long NOT_REACHED = 4;

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    static Path directory;

    private static final int SMTP = FreePort.find();
    private static final StandInGateway GATEWAY = new StandInGateway();
    private static final GreenMail MAILS = new GreenMail(new ServerSetup(SMTP, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    private static Events events;
    private static ConfigurableApplicationContext program;

    @BeforeAll
    static void start() {
        GATEWAY.addRestaurant(NIGHT_OWL, "Night Owl", "America/New_York");
        GATEWAY.addRestaurant(TABERNA, "Taberna del Prado", "Europe/Madrid");
        GATEWAY.addRestaurant(SHY, "Shy", "UTC");
        MAILS.start();
        events = new Events(Services.shared().bootstrapServers());
        program = program("notifications");
    }

    @AfterAll
    static void stop() {
        program.close();
        events.close();
        MAILS.stop();
        GATEWAY.close();
    }

    @AfterEach
    void mend() {
        GATEWAY.breakDown(0);
    }

    private static ConfigurableApplicationContext program(String group) {
        return NotificationsApplication.application()
                .run(
                        "--spring.kafka.bootstrap-servers=" + Services.shared().bootstrapServers(),
                        "--spring.kafka.consumer.group-id=" + group,
                        "--spring.mail.host=127.0.0.1",
                        "--spring.mail.port=" + SMTP,
                        "--spring.datasource.url=jdbc:h2:file:" + directory.resolve("mailed") + ";WRITE_DELAY=0",
                        "--headwaiter.notifications.gateway=" + GATEWAY.url(),
                        "--headwaiter.notifications.key=" + StandInGateway.KEY,
                        "--headwaiter.notifications.from=bookings@headwaiter.example",
                        "--headwaiter.notifications.restaurants." + NIGHT_OWL + ".email=owl@house.example",
                        "--headwaiter.notifications.restaurants." + TABERNA + ".email=taberna@house.example",
                        "--headwaiter.notifications.restaurants." + TABERNA + ".language=es",
                        "--headwaiter.notifications.retry-from=50ms",
                        "--headwaiter.notifications.retry-up-to=200ms",
                        "--headwaiter.notifications.tries=2");
    }

    private record Told(String what, long restaurant, String guest, String house, String when) {

        BookingEvent event(Booking booking) {
            return switch (what) {
                case "confirmed" -> booking.confirmed();
                case "moved" -> booking.moved(1);
                default -> booking.cancelled(1);
            };
        }

        @Override
        public String toString() {
            return what + (restaurant == TABERNA ? ", in Spanish" : ", in English");
        }
    }

    static Stream<Arguments> what_is_told() {
        return Stream.of(
                        new Told("confirmed", NIGHT_OWL, "Your table is booked", "New booking", "January 1, 2027"),
                        new Told("moved", NIGHT_OWL, "Your booking has changed", "Changed booking", "January 2, 2027"),
                        new Told(
                                "cancelled",
                                NIGHT_OWL,
                                "Your booking is cancelled",
                                "Cancelled booking",
                                "January 1, 2027"),
                        new Told("confirmed", TABERNA, "Su mesa está reservada", "Nueva reserva", "1 de enero de 2027"),
                        new Told("moved", TABERNA, "Su reserva ha cambiado", "Reserva cambiada", "2 de enero de 2027"),
                        new Told(
                                "cancelled",
                                TABERNA,
                                "Su reserva está cancelada",
                                "Reserva cancelada",
                                "1 de enero de 2027"))
                .map(Arguments::of);
    }

    @ParameterizedTest
    @MethodSource("what_is_told")
    void guest_and_house_are_told_in_the_restaurants_language_and_by_its_clock(Told told) {
        Booking booking = bookingOf(told.restaurant(), "Ana Núñez", "ana@guest.example");

        String event = events.publish(told.event(booking));

        Received guest = guest(event);
        Received house = house(event);
        String hour = told.restaurant() == TABERNA ? "19:00" : "1:00";
        String zone = told.restaurant() == TABERNA ? "CET" : "EST";
        for (Received mail : List.of(guest, house)) {
            assertThat(mail.subject()).contains(told.when(), hour);
            assertThat(mail.text()).contains(told.when(), hour, zone, "Terrace 3", Long.toString(booking.id()));
            assertThat(mail.html()).contains(told.when(), hour, zone, "Terrace 3", Long.toString(booking.id()));
            assertThat(mail.text()).doesNotContain("{", "}", "&#");
            assertThat(mail.header("From")).contains("<bookings@headwaiter.example>");
            assertThat(mail.header("Auto-Submitted")).isEqualTo("auto-generated");
        }
        assertThat(guest.text()).startsWith(told.guest()).doesNotContain("Ana");
        assertThat(guest.html()).contains("<h1", told.guest()).doesNotContain("Ana");
        assertThat(guest.header("To")).isEqualTo("ana@guest.example");
        assertThat(guest.header("Reply-To")).endsWith("@house.example");
        assertThat(house.text()).startsWith(told.house()).contains("Ana Núñez", "order-4711");
        assertThat(house.html()).contains("Ana Núñez", "order-4711");
        assertThat(house.header("To")).endsWith("@house.example");
    }

    @Test
    void a_move_changes_the_calendars_entry_and_a_cancellation_removes_it() {
        Booking booking = bookingOf(TABERNA, "Ana", "ana@guest.example");

        Received confirmed = guest(events.publish(booking.confirmed()));
        Received moved = guest(events.publish(booking.moved(2)));
        Received cancelled = guest(events.publish(booking.cancelled(5)));

        assertThat(entry(confirmed)).contains("REQUEST", "CONFIRMED", "1", "20270101T180000Z", "20270101T200000Z");
        assertThat(entry(moved)).contains("REQUEST", "CONFIRMED", "2", "20270102T180000Z", "20270102T200000Z");
        assertThat(entry(cancelled)).contains("CANCEL", "CANCELLED", "5", "20270101T180000Z");
        assertThat(uid(confirmed))
                .isEqualTo(uid(moved))
                .isEqualTo(uid(cancelled))
                .contains("" + booking.id());
        assertThat(confirmed.calendarType()).contains("method=REQUEST");
        assertThat(cancelled.calendarType()).contains("method=CANCEL");
    }

    @Test
    void an_event_that_comes_again_is_mailed_once() {
        BookingEvent booked = bookingOf(NIGHT_OWL, "Ana", "ana@guest.example").confirmed();
        String event = events.publish(booked);
        for (int i = 0; i < 3; i++) {
            events.publish(event, booked, Instant.now());
        }

        awaitAllBefore(NIGHT_OWL);

        assertThat(mails(event)).hasSize(2);
    }

    @Test
    void after_a_restart_nothing_is_mailed_twice_even_if_all_of_the_topic_comes_again() {
        String event =
                events.publish(bookingOf(NIGHT_OWL, "Ana", "ana@guest.example").confirmed());
        guest(event);
        awaitAllBefore(NIGHT_OWL);
        awaitAllBefore(TABERNA);
        List<String> before = ids();

        program.close();
        // A group that nobody knows reads from the beginning.
        program = program("another-" + UUID.randomUUID());
        String after = awaitAllBefore(NIGHT_OWL);
        String afterToo = awaitAllBefore(TABERNA);

        List<String> expected = new ArrayList<>(before);
        mails(after).forEach(mail -> expected.add(mail.header("Message-ID")));
        mails(afterToo).forEach(mail -> expected.add(mail.header("Message-ID")));
        assertThat(ids()).containsExactlyInAnyOrderElementsOf(expected).doesNotHaveDuplicates();
    }

    @Test
    void what_was_overtaken_by_a_later_version_is_told_no_more() {
        Booking booking = bookingOf(TABERNA, "Ana", "ana@guest.example");

        String moved = events.publish(booking.moved(2));
        String late = events.publish(booking.confirmed());
        String cancelled = events.publish(booking.cancelled(3));

        guest(cancelled);
        assertThat(mails(moved)).hasSize(2);
        assertThat(mails(late)).isEmpty();
    }

    @Test
    void what_is_no_event_is_passed_over() {
        byte[] key = "1".getBytes(StandardCharsets.UTF_8);
        events.publish(new ProducerRecord<>(Topics.EVENTS, key, "not JSON".getBytes(StandardCharsets.UTF_8)));
        events.publish(new ProducerRecord<>(Topics.EVENTS, key, null));
        BookingEvent event = bookingOf(NIGHT_OWL, "Ana", "ana@guest.example").confirmed();
        events.publish("a b\r\nBcc: all@guest.example", event, Instant.now());
        for (String body : List.of("{}", "null", "[", "{\"restaurant_id\":\"one\"}")) {
            var record = new ProducerRecord<>(Topics.EVENTS, key, body.getBytes(StandardCharsets.UTF_8));
            record.headers().add("ce_type", "booking.confirmed".getBytes(StandardCharsets.UTF_8));
            record.headers().add("ce_id", "evt_1".getBytes(StandardCharsets.UTF_8));
            record.headers().add("ce_time", "yesterday".getBytes(StandardCharsets.UTF_8));
            events.publish(record);
        }

        awaitAllBefore(NIGHT_OWL);
    }

    @Test
    void refusals_seated_guests_and_other_restaurants_are_nobodys_mail() {
        Booking booking = bookingOf(NIGHT_OWL, "Ana", "ana@guest.example");
        Booking elsewhere = bookingOf(NOT_REACHED, "Ana", "ana@guest.example");

        List<String> quiet = List.of(
                events.publish(booking.refused()),
                events.publish(booking.seated(2)),
                events.publish(elsewhere.confirmed()),
                events.publish(bookingOf(NIGHT_OWL, "Ana", "ana@guest.example").confirmed(), Instant.EPOCH));

        awaitAllBefore(NIGHT_OWL);
        assertThat(quiet).allSatisfy(event -> assertThat(mails(event)).isEmpty());
    }

    @Test
    void while_the_gateway_is_away_or_knows_no_key_events_wait() {
        for (int status : new int[] {503, 401, 404}) {
            GATEWAY.breakDown(status);
            String event = events.publish(
                    bookingOf(NIGHT_OWL, "Ana", "ana@guest.example").confirmed());

            assertNothingComes(event);
            GATEWAY.breakDown(0);

            guest(event);
            house(event);
        }
    }

    @Test
    void while_the_mail_server_is_away_events_wait() {
        Booking booking = bookingOf(TABERNA, "Ana", "ana@guest.example");
        MAILS.stop();
        try {
            events.publish(booking.confirmed());
            events.publish(booking.moved(2));
        } finally {
            MAILS.start();
        }
        String last = events.publish(booking.cancelled(3));

        guest(last);
        assertThat(Arrays.stream(MAILS.getReceivedMessagesForDomain("taberna@house.example"))
                        .map(Received::of)
                        .map(NotificationsTest::sequence))
                .as("in order")
                .endsWith("1", "2", "3");
    }

    @Test
    void a_guest_whose_address_is_none_keeps_nobody_waiting() {
        String twoAddresses = events.publish(
                bookingOf(NIGHT_OWL, "Ana", "hostile@guest.example,all").confirmed());
        String noAddress = events.publish(bookingOf(NIGHT_OWL, "Ana", "hostile@b\r\nBcc: all@guest.example")
                .confirmed());

        String next = awaitAllBefore(NIGHT_OWL);

        assertThat(mails(next)).hasSize(2);
        assertThat(mails(twoAddresses)).singleElement().satisfies(mail -> assertThat(mail.header("To"))
                .isEqualTo("owl@house.example"));
        assertThat(mails(noAddress)).singleElement().satisfies(mail -> assertThat(mail.header("To"))
                .isEqualTo("owl@house.example"));
    }

    @Test
    void a_guest_who_was_forgotten_gets_nothing() {
        String deleted = events.publish(events.booking(NIGHT_OWL, 99L).confirmed());
        String anonymized = events.publish(
                events.booking(NIGHT_OWL, GATEWAY.addAnonymized(NIGHT_OWL)).confirmed());
        String nobody = events.publish(events.booking(NIGHT_OWL, null).confirmed());
        String shy = events.publish(events.booking(SHY, null).confirmed());

        awaitAllBefore(NIGHT_OWL);
        for (String event : List.of(deleted, anonymized, nobody)) {
            assertThat(mails(event)).singleElement().satisfies(mail -> assertThat(mail.header("To"))
                    .isEqualTo("owl@house.example"));
        }
        assertThat(mails(shy)).isEmpty();
    }

    @Test
    void hostile_names_are_text_and_nothing_else() {
        long restaurant = 5;
        GATEWAY.addRestaurant(
                restaurant, "hostile \"Bob\"\r\nBcc: all@guest.example\r\n\r\n<script>x</script>{{lead}}{0}", "UTC");
        Booking booking = bookingOf(restaurant, "Ana", "ana@guest.example");
        String toGuest = events.publish(booking.confirmed());
        String toHouse = events.publish(bookingOf(
                        NIGHT_OWL,
                        "hostile\r\nBcc: all@guest.example\r\n\r\n<img src=x onerror=y>{{lead}}",
                        "b@guest.example")
                .confirmed());

        Received guest = guest(toGuest);
        Received house = house(toHouse);

        for (Received mail : List.of(guest, house)) {
            assertThat(mail.header("Bcc")).isEmpty();
            assertThat(mail.html()).doesNotContain("<script", "<img").contains("{{lead}}");
            assertThat(mail.text()).contains("{{lead}}");
            assertThat(mail.calendar().getComponents()).hasSize(1);
        }
        assertThat(guest.html()).contains("&lt;script&gt;");
        assertThat(guest.subject()).contains("Bcc: all@guest.example", "<script>", "{0}");
        assertThat(MAILS.getReceivedMessagesForDomain("all@guest.example")).isEmpty();
    }

    private static Booking bookingOf(long restaurant, String name, String email) {
        return events.booking(restaurant, GATEWAY.addGuest(restaurant, name, email));
    }

    /** Returns when an event that was published last to the restaurant has been mailed about, and says its id. */
    private static String awaitAllBefore(long restaurant) {
        String event = events.publish(
                bookingOf(restaurant, "Last", "last@guest.example").confirmed());
        guest(event);
        return event;
    }

    private static void assertNothingComes(String event) {
        await().during(Duration.ofMillis(300)).atMost(PATIENCE).until(() -> mails(event)
                .isEmpty());
    }

    private static Received guest(String event) {
        return awaited(event, "guest");
    }

    private static Received house(String event) {
        return awaited(event, "house");
    }

    private static Received awaited(String event, String recipient) {
        String id = "<" + event + "." + recipient + "@headwaiter.example>";
        return await().atMost(PATIENCE)
                .until(
                        () -> mails(event).stream()
                                .filter(mail -> mail.header("Message-ID").equals(id))
                                .toList(),
                        found -> !found.isEmpty())
                .getFirst();
    }

    private static List<Received> mails(String event) {
        return Arrays.stream(MAILS.getReceivedMessages())
                .map(Received::of)
                .filter(mail -> mail.header("Message-ID").startsWith("<" + event + "."))
                .toList();
    }

    private static List<String> ids() {
        return Arrays.stream(MAILS.getReceivedMessages())
                .map(Received::of)
                .map(mail -> mail.header("Message-ID"))
                .toList();
    }

    /** Method, and what is said about the visit. */
    private static List<String> entry(Received mail) {
        Calendar calendar = mail.calendar();
        VEvent event = (VEvent) calendar.getComponents().getFirst();
        List<String> said = new ArrayList<>();
        said.add(calendar.<Property>getRequiredProperty(Property.METHOD).getValue());
        for (String name : List.of(Property.STATUS, Property.SEQUENCE, Property.DTSTART, Property.DTEND)) {
            said.add(event.<Property>getRequiredProperty(name).getValue());
        }
        return said;
    }

    private static String sequence(Received mail) {
        return entry(mail).get(2);
    }

    private static String uid(Received mail) {
        return mail.calendar()
                .getComponents()
                .getFirst()
                .getRequiredProperty(Property.UID)
                .getValue();
    }
}
