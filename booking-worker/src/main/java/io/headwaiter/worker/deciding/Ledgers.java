package io.headwaiter.worker.deciding;

import io.headwaiter.rules.Ledger;
import java.util.HashMap;
import java.util.Map;

/** What is taken, restaurant by restaurant, as far as a batch needs to know. */
final class Ledgers {

    private final Map<Long, Ledger> byRestaurant = new HashMap<>();

    Ledger of(long restaurantId) {
        return byRestaurant.computeIfAbsent(restaurantId, id -> new Ledger());
    }
}
