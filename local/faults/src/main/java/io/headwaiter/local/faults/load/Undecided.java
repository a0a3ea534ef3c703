package io.headwaiter.local.faults.load;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The requests that were acknowledged and of which no outcome was told yet. */
final class Undecided {

    /** @param call that was answered with it */
    record Token(long call, long restaurantId, String token) {

        String path() {
            return "/api/restaurants/" + restaurantId + "/booking-requests/" + token;
        }
    }

    private final Set<Token> tokens = ConcurrentHashMap.newKeySet();

    void add(Token token) {
        tokens.add(token);
    }

    void remove(Token token) {
        tokens.remove(token);
    }

    List<Token> all() {
        return List.copyOf(tokens);
    }

    int count() {
        return tokens.size();
    }
}
