package io.headwaiter.rules;

/**
 * How long a party sits, in minutes, when it is of at most {@code partyUpTo} guests and no smaller row holds it.
 * From the table {@code turn_times}.
 */
public record TurnTime(int partyUpTo, int minutes) {

    public TurnTime {
        if (minutes < 1) {
            throw new IllegalArgumentException("A turn time must be at least a minute: " + minutes);
        }
    }
}
