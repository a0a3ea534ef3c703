package io.headwaiter.gateway.testing;

import static org.awaitility.Awaitility.await;

import java.net.http.HttpRequest.BodyPublishers;

/** A restaurant, and callers who may set it up. */
public record House(Known known, Callers callers) {

    /** Returns when the shared gateway knows the key. */
    public static House of(Headwaiter headwaiter, Known known) {
        Callers callers = headwaiter.gateway().with(headwaiter.addKey("bookings,clients,staff,setup", known.id()));
        await().until(() -> callers.get(known.path()).status() == 200);
        return new House(known, callers);
    }

    /** @param path below the restaurant's, such as {@code /tables} */
    public Reply get(String path) {
        return callers.get(known.path() + path);
    }

    public Reply post(String path, String json, String... headers) {
        return callers.post(known.path() + path, json, headers);
    }

    public Reply put(String path, String json, String... headers) {
        return json(callers, "PUT", known.path() + path, json, headers);
    }

    public Reply patch(String path, String json, String... headers) {
        return json(callers, "PATCH", known.path() + path, json, headers);
    }

    public Reply delete(String path, String... headers) {
        return callers.send("DELETE", known.path() + path, BodyPublishers.noBody(), headers);
    }

    /** The id of a new reservation. */
    public long book(String date, int guests, long table) {
        Reply reply = callers.post(
                known.reservations(), "{\"date\":\"%s\",\"guests\":%d,\"table_id\":%d}".formatted(date, guests, table));
        if (reply.status() != 201) {
            throw new IllegalStateException(reply.toString());
        }
        return reply.at("/data/reservation/id").longValue();
    }

    public static Reply json(Callers callers, String method, String path, String json, String... headers) {
        String[] all = new String[headers.length + 2];
        System.arraycopy(headers, 0, all, 2, headers.length);
        all[0] = "Content-Type";
        all[1] = "application/json";
        return callers.send(method, path, BodyPublishers.ofString(json), all);
    }
}
