package io.headwaiter.schemas;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Utils;

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

    /** @param key as it stands in a record */
    public static int partitionOf(byte[] key) {
        return Utils.toPositive(Utils.murmur2(key)) % Topics.REQUEST_PARTITIONS;
    }

    /**
     * Its partition, as Kafka's own partitioner says while the topic has {@link Topics#REQUEST_PARTITIONS}. Worked out here and
     * not there: whoever adds partitions to the topic sends no request astray.
     */
    public int partition() {
        return partitionOf(toString().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return restaurantId + "/" + tableId;
    }
}
