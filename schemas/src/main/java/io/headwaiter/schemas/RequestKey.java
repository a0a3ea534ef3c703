package io.headwaiter.schemas;

/**
 * The Kafka key of a request: everybody who competes for the same table meets in one partition, in order.
 *
 * @param restaurantId which restaurant
 * @param tableId the table that was asked for, or else the one proposed; 0 when no table of the restaurant seats the party, and
 *     for changes of what is booked already, which are decided in the order they were asked, restaurant by restaurant
 */
public record RequestKey(long restaurantId, long tableId) {

    /** @throws IllegalArgumentException when {@code text} is not what {@link #toString} gives */
    public static RequestKey parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("no '/' in the key");
        }
        return new RequestKey(Long.parseLong(text.substring(0, slash)), Long.parseLong(text.substring(slash + 1)));
    }

    @Override
    public String toString() {
        return restaurantId + "/" + tableId;
    }
}
