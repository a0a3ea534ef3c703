package io.headwaiter.local.faults.kinds;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.headwaiter.local.faults.cluster.Group;
import io.headwaiter.schemas.Topics;
import java.time.Duration;
import java.util.Random;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/** Records among the requests that are none. Recovered: their partition, and every other, goes on. */
final class Poison implements Fault {

    private static final int LARGE = 1_000_000;
    private static final int DEEP = 10_000;
    private static final Duration LIMIT = Duration.ofSeconds(10);

    @Override
    public Effect inject(Stage stage, Random dice) {
        int partition = dice.nextInt(Topics.REQUEST_PARTITIONS);
        OwnRequests own = stage.own();
        ProducerRecord<String, byte[]> good = own.good();
        byte[] key = good.key().getBytes(UTF_8);
        long since = System.nanoTime();
        own.poison(partition, key, good.headers(), "not JSON".getBytes(UTF_8));
        own.poison(partition, key, good.headers(), null);
        own.poison(partition, key, good.headers(), ("\"" + "x".repeat(LARGE) + "\"").getBytes(UTF_8));
        own.poison(partition, key, good.headers(), ("[".repeat(DEEP) + "]".repeat(DEEP)).getBytes(UTF_8));
        own.poison(partition, key, good.headers(), outsideTheSchema(good));
        own.poison(partition, key, with(good.headers(), "ce_type", "booking.unheard-of".getBytes(UTF_8)), good.value());
        own.poison(partition, null, garbage(dice), good.value());
        own.poison(partition, key, with(good.headers(), "ce_id", null), good.value());
        return Effect.recovered("8 records on partition " + partition, stage.untilDecided(Group.all(), since), LIMIT);
    }

    private static byte[] outsideTheSchema(ProducerRecord<String, byte[]> good) {
        return new String(good.value(), UTF_8)
                .replace("\"guests\":2", "\"guests\":2000")
                .getBytes(UTF_8);
    }

    private static Headers with(Headers headers, String name, byte @Nullable [] value) {
        Headers changed = new RecordHeaders(headers).remove(name);
        return value == null ? changed : changed.add(name, value);
    }

    private static Headers garbage(Random dice) {
        Headers headers = new RecordHeaders();
        for (String name : new String[] {"ce_specversion", "ce_id", "ce_time", "content-type", "\u0007", ""}) {
            byte[] some = new byte[16];
            dice.nextBytes(some);
            headers.add(name, some);
        }
        return headers;
    }
}
