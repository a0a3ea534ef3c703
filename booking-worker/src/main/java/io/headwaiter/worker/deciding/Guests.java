package io.headwaiter.worker.deciding;

import io.headwaiter.schemas.GuestDetails;
import java.util.List;
import java.util.Objects;
import org.springframework.stereotype.Component;

/** The guests who book: looked up by id, or found by e-mail or made. What is stored of a guest is not changed here. */
@Component
class Guests {

    /** Notes which requests name, by id, a client that their restaurant has. */
    void lookUpNamed(List<Placement> requests, RoundTrip trip) {
        List<Placement> named = requests.stream()
                .filter(request -> request.asked.clientId() != null)
                .toList();
        if (named.isEmpty()) {
            return;
        }
        Columns<Placement> rows = new Columns<>(named);
        named.forEach(request -> request.clientKnown = false);
        trip.sql(
                        """
                        select asked.ord
                        from unnest(:restaurants, :clients) with ordinality as asked(restaurant_id, id, ord)
                        cross join lateral (
                          select * from clients k
                          where k.restaurant_id = asked.restaurant_id and k.id = asked.id limit 1) c
                        """)
                .param("restaurants", rows.longs(Placement::restaurantId))
                .param("clients", rows.longsOrNull(request -> request.asked.clientId()))
                .rows(row -> named.get(row.getInt(1) - 1).clientKnown = true);
    }

    /**
     * Gives each request that describes its guest the id of whom its restaurant knows by that e-mail, or of whom it is
     * about to. Only for bookings: a refusal makes no guest.
     */
    void find(List<Placement> confirmed, RoundTrip trip) {
        List<Placement> described = confirmed.stream()
                .filter(request -> request.asked.client() != null)
                .toList();
        if (described.isEmpty()) {
            return;
        }
        Columns<Placement> rows = new Columns<>(described);
        // Several may describe one guest: the first of them stands for all. Which these are the database says, whose
        // lower() is the one that the constraint on e-mails goes by.
        // Locked as its booking will lock it: while a guest is being anonymized or deleted, the outcome is waited
        // for, and whoever is gone by then is not found.
        trip.sql(
                        """
                        select asked.ord, asked.first, c.id,
                               case when c.id is null and asked.ord = asked.first then nextval('clients_id_seq') end
                        from (
                          select ord, restaurant_id, lower(email) as email_key,
                                 min(ord) over (partition by restaurant_id, lower(email)) as first
                          from unnest(:restaurants, :emails) with ordinality as a(restaurant_id, email, ord)) asked
                        left join lateral (
                          select * from clients k
                          where k.restaurant_id = asked.restaurant_id and k.email_key = asked.email_key limit 1
                          for key share) c on true
                        order by asked.ord
                        """)
                .param("restaurants", rows.longs(Placement::restaurantId))
                .param("emails", rows.textsOrNull(request -> client(request).email()))
                .rows(row -> {
                    Placement request = described.get(row.getInt(1) - 1);
                    Placement first = described.get(row.getInt(2) - 1);
                    long known = row.getLong(3);
                    request.makesClient = row.wasNull() && request == first;
                    request.clientId = request == first
                            ? Long.valueOf(request.makesClient ? row.getLong(4) : known)
                            : first.clientId;
                });
    }

    /**
     * Writes those of them who are new. Whom another transaction or a gateway made since the look is left as they are; the
     * reservation for the id that was drawn is then refused by its foreign key, and everything must be rolled back.
     */
    void make(List<Placement> confirmed, RoundTrip trip) {
        List<Placement> missing =
                confirmed.stream().filter(request -> request.makesClient).toList();
        if (missing.isEmpty()) {
            return;
        }
        Columns<Placement> rows = new Columns<>(missing);
        // Sorted, as always when two batches may want the same row.
        trip.sql(
                        """
                        insert into clients (restaurant_id, id, name, email, phone)
                        select restaurant_id, id, name, email, phone
                        from unnest(:restaurants, :ids, :names, :emails, :phones) as made(restaurant_id, id, name, email, phone)
                        order by restaurant_id, lower(email)
                        on conflict on constraint client_email_taken do nothing
                        """)
                .param("restaurants", rows.longs(Placement::restaurantId))
                .param("ids", rows.longsOrNull(request -> request.clientId))
                .param("names", rows.textsOrNull(request -> client(request).name()))
                .param("emails", rows.textsOrNull(request -> client(request).email()))
                .param("phones", rows.textsOrNull(request -> client(request).phone()));
    }

    private static GuestDetails client(Placement request) {
        return Objects.requireNonNull(request.asked.client());
    }
}
