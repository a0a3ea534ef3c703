package io.headwaiter.worker.deciding;

import io.headwaiter.schemas.GuestDetails;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
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
     * Gives each request that describes its guest the id of whom its restaurant knows by that e-mail, and makes those whom it does
     * not know. Only for bookings: a refusal makes no guest.
     *
     * <p>Whom another transaction makes at the same time is waited for, and when it commits neither made nor seen by this
     * statement: their requests stay {@linkplain #unknown without an id}, and the next look finds them.
     */
    void findOrMake(List<Placement> confirmed, RoundTrip trip) {
        List<Placement> described = confirmed.stream()
                .filter(request -> request.asked.client() != null)
                .toList();
        if (described.isEmpty()) {
            return;
        }
        Columns<Placement> rows = new Columns<>(described);
        Set<Long> made = new HashSet<>();
        // Several may describe one guest: the first of them stands for all. Which these are the database says, whose
        // lower() is the one that the constraint on e-mails goes by.
        // Locked as its booking will lock it: while a guest is being anonymized or deleted, the outcome is waited
        // for, and whoever is gone by then is not found.
        // Made sorted, as always when two batches may want the same row.
        trip.sql(
                        """
                        with asked as materialized (
                          select a.*, c.id as known,
                                 case when c.id is null and a.ord = a.first then nextval('clients_id_seq') end as drawn
                          from (
                            select *, lower(email) as email_key, min(ord) over (partition by restaurant_id, lower(email)) as first
                            from unnest(:restaurants, :names, :emails, :phones)
                                 with ordinality as w(restaurant_id, name, email, phone, ord)) a
                          left join lateral (
                            select * from clients k
                            where k.restaurant_id = a.restaurant_id and k.email_key = a.email_key limit 1
                            for key share) c on true),
                        made as (
                          insert into clients (restaurant_id, id, name, email, phone)
                          select restaurant_id, drawn, name, email, phone from asked where drawn is not null
                          order by restaurant_id, email_key
                          on conflict on constraint client_email_taken do nothing
                          returning id)
                        select null as ord, null as first, id, true as there from made
                        union all
                        select ord, first, coalesce(known, drawn), known is not null from asked
                        order by ord nulls first
                        """)
                .param("restaurants", rows.longs(Placement::restaurantId))
                .param("names", rows.textsOrNull(request -> client(request).name()))
                .param("emails", rows.textsOrNull(request -> client(request).email()))
                .param("phones", rows.textsOrNull(request -> client(request).phone()))
                .rows(row -> {
                    long id = row.getLong(3);
                    int ord = row.getInt(1);
                    if (row.wasNull()) {
                        made.add(id);
                        return;
                    }
                    Placement request = described.get(ord - 1);
                    Placement first = described.get(row.getInt(2) - 1);
                    if (request != first) {
                        request.clientId = first.clientId;
                    } else {
                        request.clientId = row.getBoolean(4) || made.contains(id) ? id : null;
                    }
                });
    }

    /** Those of these whose guest has not been found or made. */
    static List<Placement> unknown(List<Placement> confirmed) {
        return confirmed.stream()
                .filter(request -> request.asked.client() != null && request.clientId == null)
                .toList();
    }

    private static GuestDetails client(Placement request) {
        return Objects.requireNonNull(request.asked.client());
    }
}
