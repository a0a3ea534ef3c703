package io.headwaiter.worker.deciding;

import io.headwaiter.schemas.GuestDetails;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The guests who book: looked up by id, or found by e-mail or made. What is stored of a guest is not changed here. */
@Component
class Guests {

    private final JdbcClient jdbc;

    /** @param key the e-mail as the database compares it */
    private record Mailbox(long restaurantId, String key) {}

    Guests(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Notes which requests name, by id, a client that their restaurant does not have. */
    void lookUpNamed(List<Placement> requests) {
        List<Placement> named = requests.stream()
                .filter(request -> request.asked.clientId() != null)
                .toList();
        if (named.isEmpty()) {
            return;
        }
        Columns<Placement> rows = new Columns<>(named);
        record Client(long restaurantId, long id) {}
        Set<Client> known = new HashSet<>();
        jdbc.sql(
                        """
                        select c.restaurant_id, c.id
                        from unnest(:restaurants, :clients) as asked(restaurant_id, id)
                        cross join lateral (
                          select * from clients k
                          where k.restaurant_id = asked.restaurant_id and k.id = asked.id limit 1) c
                        """)
                .param("restaurants", rows.longs(Placement::restaurantId))
                .param("clients", rows.longsOrNull(request -> request.asked.clientId()))
                .query(row -> {
                    known.add(new Client(row.getLong(1), row.getLong(2)));
                });
        for (Placement request : named) {
            long clientId = Objects.requireNonNull(request.asked.clientId());
            request.clientKnown = known.contains(new Client(request.restaurantId(), clientId));
        }
    }

    /** Gives each request that describes its guest the guest's id. Only for bookings: a refusal makes no guest. */
    void findOrMake(List<Placement> confirmed) {
        List<Placement> described = confirmed.stream()
                .filter(request -> request.asked.client() != null)
                .toList();
        if (described.isEmpty()) {
            return;
        }
        List<Mailbox> mailboxes = find(described);
        List<Placement> missing =
                described.stream().filter(request -> request.clientId == null).toList();
        if (missing.isEmpty()) {
            return;
        }
        Map<Mailbox, Long> made = make(missing);
        for (int i = 0; i < described.size(); i++) {
            Placement request = described.get(i);
            if (request.clientId == null) {
                request.clientId = made.get(mailboxes.get(i));
            }
        }
        // Another partition made one of them since we looked: its row can be seen now.
        if (described.stream().anyMatch(request -> request.clientId == null)) {
            find(described);
            if (described.stream().anyMatch(request -> request.clientId == null)) {
                throw new ConcurrencyFailureException("a guest was deleted while being looked up");
            }
        }
    }

    private List<Mailbox> find(List<Placement> described) {
        List<Mailbox> mailboxes = new ArrayList<>();
        Columns<Placement> rows = new Columns<>(described);
        // Locked as its booking will lock it: while a guest is being anonymized or deleted, the outcome is waited
        // for, and whoever is gone by then is not found.
        jdbc.sql(
                        """
                        select asked.ord, lower(asked.email), c.id
                        from unnest(:restaurants, :emails) with ordinality as asked(restaurant_id, email, ord)
                        left join lateral (
                          select * from clients k
                          where k.restaurant_id = asked.restaurant_id and k.email_key = lower(asked.email) limit 1
                          for key share) c on true
                        order by asked.ord
                        """)
                .param("restaurants", rows.longs(Placement::restaurantId))
                .param("emails", rows.textsOrNull(request -> client(request).email()))
                .query(row -> {
                    Placement request = described.get(row.getInt(1) - 1);
                    mailboxes.add(new Mailbox(request.restaurantId(), row.getString(2)));
                    long id = row.getLong(3);
                    if (!row.wasNull()) {
                        request.clientId = id;
                    }
                });
        return mailboxes;
    }

    private Map<Mailbox, Long> make(List<Placement> missing) {
        Map<Mailbox, Long> made = new HashMap<>();
        Columns<Placement> rows = new Columns<>(missing);
        // Sorted, as always when two batches may want the same row; of two that describe one guest, the earlier does.
        jdbc.sql(
                        """
                        insert into clients (restaurant_id, name, email, phone)
                        select distinct on (restaurant_id, lower(email)) restaurant_id, name, email, phone
                        from unnest(:restaurants, :names, :emails, :phones)
                             with ordinality as asked(restaurant_id, name, email, phone, ord)
                        order by restaurant_id, lower(email), ord
                        on conflict on constraint client_email_taken do nothing
                        returning restaurant_id, email_key, id
                        """)
                .param("restaurants", rows.longs(Placement::restaurantId))
                .param("names", rows.textsOrNull(request -> client(request).name()))
                .param("emails", rows.textsOrNull(request -> client(request).email()))
                .param("phones", rows.textsOrNull(request -> client(request).phone()))
                .query(row -> {
                    made.put(new Mailbox(row.getLong(1), row.getString(2)), row.getLong(3));
                });
        return made;
    }

    private static GuestDetails client(Placement request) {
        return Objects.requireNonNull(request.asked.client());
    }
}
