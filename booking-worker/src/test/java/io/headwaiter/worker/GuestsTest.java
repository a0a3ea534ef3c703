package io.headwaiter.worker;

import static io.headwaiter.local.fixtures.ARestaurant.aRestaurant;
import static io.headwaiter.worker.testing.Asking.EVENING;
import static io.headwaiter.worker.testing.Asking.aTable;
import static io.headwaiter.worker.testing.Asking.by;
import static io.headwaiter.worker.testing.Asking.byClient;
import static io.headwaiter.worker.testing.Asking.minutesAfter;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwaiter.local.fixtures.ARestaurant;
import io.headwaiter.schemas.GuestDetails;
import io.headwaiter.schemas.PlaceBooking;
import io.headwaiter.schemas.RequestId;
import io.headwaiter.schemas.RequestMessage;
import io.headwaiter.worker.testing.ByHand;
import io.headwaiter.worker.testing.RunningWorker;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GuestsTest {

    private final RunningWorker worker = RunningWorker.shared();
    private final ByHand byHand = new ByHand(worker.jdbc());
    private final ARestaurant.Added restaurant = worker.add(aRestaurant().withTables(4, 4, 4, 4));

    @Test
    void a_guest_is_made_with_the_booking_and_found_again_by_email_whatever_its_case() {
        RequestMessage first = worker.place(by(
                new GuestDetails("Ann Lee", "Ann@Example.com", "+34 600 100 200"),
                aTable(restaurant.id(), EVENING, 2)));
        Long made = clientOf(first);
        RequestMessage second = worker.place(
                by(new GuestDetails("Somebody", "aNN@eXAMPLE.COM", "1234567"), aTable(restaurant.id(), EVENING, 2)));

        assertThat(clientOf(second)).isEqualTo(made);
        // What is stored of a guest does not change because somebody books under the same address.
        assertThat(worker.jdbc()
                        .sql("select name || ' ' || email || ' ' || phone from clients where restaurant_id = ?")
                        .param(restaurant.id())
                        .query(String.class)
                        .list())
                .containsExactly("Ann Lee Ann@Example.com +34 600 100 200");
    }

    @Test
    void of_two_in_one_batch_with_one_email_the_earlier_makes_the_guest() {
        List<RequestMessage> asked = new ArrayList<>();
        worker.whilePaused(() -> {
            asked.add(worker.place(
                    by(new GuestDetails("First", "one@example.com", null), aTable(restaurant.id(), EVENING, 2))));
            asked.add(worker.place(
                    by(new GuestDetails("Second", "ONE@example.com", null), aTable(restaurant.id(), EVENING, 2))));
        });

        assertThat(clientOf(asked.get(0))).isEqualTo(clientOf(asked.get(1)));
        assertThat(byHand.guests(restaurant.id())).containsExactly("First");
    }

    @Test
    void one_email_from_many_partitions_at_once_is_one_guest() {
        ARestaurant.Added large = worker.add(aRestaurant().withTables(2, 2, 2, 2, 2, 2, 2, 2));
        List<RequestMessage> asked = new ArrayList<>();
        worker.whilePaused(() -> {
            for (int i = 0; i < 60; i++) {
                GuestDetails guest =
                        new GuestDetails("Guest", (i % 2 == 0 ? "Guest" : "gUEST") + i % 5 + "@example.com", null);
                PlaceBooking wanted = aTable(large.id(), minutesAfter(EVENING, 120L * (i / 8)), 2);
                asked.add(worker.placeOn(i % 12, RequestId.create(), by(guest, wanted)));
            }
        });

        Set<Long> clients = new HashSet<>();
        asked.forEach(request -> clients.add(clientOf(request)));
        assertThat(clients).hasSize(5).doesNotContainNull();
        assertThat(byHand.count("clients", large.id())).isEqualTo(5);
    }

    @Test
    void a_refusal_makes_no_guest() {
        RequestMessage refused = worker.place(
                by(new GuestDetails("Ann Lee", "ann@example.com", null), aTable(restaurant.id(), EVENING, 5)));
        RequestMessage lost = lastOfFive();

        assertThat(worker.events.rejected(refused).reason()).isEqualTo("party_size");
        assertThat(worker.events.rejected(lost).reason()).isEqualTo("no_table_available");
        assertThat(byHand.count("clients", restaurant.id())).isEqualTo(4);
    }

    @Test
    void a_known_guest_books_by_id_and_an_anonymous_one_is_nobody() {
        long known = byHand.client(restaurant.id(), "Ann Lee", "ann@example.com", null);

        RequestMessage byId = worker.place(byClient(known, aTable(restaurant.id(), EVENING, 2)));
        RequestMessage anonymous = worker.place(aTable(restaurant.id(), EVENING, 2));

        assertThat(clientOf(byId)).isEqualTo(known);
        assertThat(clientOf(anonymous)).isNull();
        assertThat(byHand.count("clients", restaurant.id())).isEqualTo(1);
    }

    @Test
    void the_same_email_at_two_restaurants_is_two_guests() {
        ARestaurant.Added other = worker.add(aRestaurant().withTables(4));
        GuestDetails guest = new GuestDetails("Ann Lee", "ann@example.com", null);

        RequestMessage here = worker.place(by(guest, aTable(restaurant.id(), EVENING, 2)));
        RequestMessage there = worker.place(by(guest, aTable(other.id(), EVENING, 2)));

        assertThat(clientOf(here)).isNotEqualTo(clientOf(there));
    }

    @Test
    void whatever_the_contract_lets_in_as_a_guest_the_database_takes() {
        String longest = "a".repeat(248) + "@x.com";
        List<GuestDetails> guests = List.of(
                new GuestDetails("Żółć İıß \uD83C\uDF7D", "żółć.İI@exämple.com", "+1 (555) 010-9999"),
                new GuestDetails("\uD83C\uDF7D".repeat(100), longest, "12345"),
                new GuestDetails("  ", "\"'\\;--@{},null", null),
                new GuestDetails("\u200B\uFEFF", "\uFEFFx@\u200B", null),
                new GuestDetails("{\"a\",NULL}", "\uD83C\uDF7D@\uD83C\uDF7D", "1" + "-".repeat(28) + "2"));

        List<RequestMessage> asked = new ArrayList<>();
        for (int i = 0; i < guests.size(); i++) {
            asked.add(worker.place(by(guests.get(i), aTable(restaurant.id(), minutesAfter(EVENING, 240L * i), 2))));
        }

        for (int i = 0; i < guests.size(); i++) {
            GuestDetails guest = guests.get(i);
            long client = Objects.requireNonNull(clientOf(asked.get(i)));
            assertThat(worker.jdbc()
                            .sql("select name, email, phone from clients where restaurant_id = ? and id = ?")
                            .params(restaurant.id(), client)
                            .query((row, number) ->
                                    new GuestDetails(row.getString(1), row.getString(2), row.getString(3)))
                            .single())
                    .isEqualTo(guest);
        }
    }

    private RequestMessage lastOfFive() {
        RequestMessage last = null;
        for (int i = 0; i < 5; i++) {
            last = worker.place(by(
                    new GuestDetails("Guest", "guest" + i + "@example.com", null),
                    aTable(restaurant.id(), EVENING, 2)));
        }
        return Objects.requireNonNull(last);
    }

    private @Nullable Long clientOf(RequestMessage request) {
        return worker.events.confirmed(request).reservation().clientId();
    }
}
