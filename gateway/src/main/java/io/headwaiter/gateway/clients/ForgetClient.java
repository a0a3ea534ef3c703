package io.headwaiter.gateway.clients;

import io.headwaiter.gateway.input.IfMatch;
import io.headwaiter.gateway.tenancy.OneRestaurant;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Deletes a client, or blanks what is personal about one. */
@Component
class ForgetClient {

    private final OneRestaurant restaurants;

    ForgetClient(OneRestaurant restaurants) {
        this.restaurants = restaurants;
    }

    /** @throws RuntimeException 404, 409 while a party of this client is expected, or 412 */
    void delete(long restaurantId, long id, IfMatch ifMatch) {
        restaurants.<@Nullable Void>write(restaurantId, jdbc -> {
            LockedClient client = LockedClient.lock(jdbc, restaurantId, id);
            // A statement of its own, with a snapshot that is younger than the lock.
            if (client.isExpected()) {
                throw ClientProblems.hasReservations().asException();
            }
            ifMatch.check(client.now().version());
            client.delete();
            return null;
        });
    }

    /**
     * The client as it is afterwards. One that is anonymized already loses what was noted for its visits since then.
     *
     * @throws RuntimeException 404 or 412
     */
    Client anonymize(long restaurantId, long id, IfMatch ifMatch) {
        return restaurants.write(restaurantId, jdbc -> {
            LockedClient client = LockedClient.lock(jdbc, restaurantId, id);
            ifMatch.check(client.now().version());
            return client.anonymize();
        });
    }
}
