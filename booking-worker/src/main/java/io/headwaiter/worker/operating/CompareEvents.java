package io.headwaiter.worker.operating;

import io.headwaiter.schemas.FrozenEvent;
import io.headwaiter.schemas.RequestId;
import io.headwaiter.schemas.Topics;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * {@code compare-events}: after a restore, which events that others have seen are not what is decided now. Reads
 * {@link Topics#EVENTS} whole, with the worker's role, and changes nothing.
 */
public final class CompareEvents {

    private final JdbcClient jdbc;
    private final KafkaProperties kafka;
    private final PrintStream out = System.out;

    private long same;
    private long sameButForItsTime;
    private long different;
    private long missing;
    private long reusedKeys;
    private long foreign;

    /** A request's name: its id alone is a partner's business. */
    private record Name(long restaurantId, RequestId id) {}

    private CompareEvents(JdbcClient jdbc, KafkaProperties kafka) {
        this.jdbc = jdbc;
        this.kafka = kafka;
    }

    /** @return the exit status: 0 when nothing differs, 1 when something does, 2 when the command failed */
    public static int run(String... args) {
        return Command.run(
                Setup.class,
                context -> new CompareEvents(context.getBean(JdbcClient.class), context.getBean(KafkaProperties.class))
                        .run(),
                args);
    }

    private int run() {
        new WholeTopic(kafka, Topics.EVENTS).read(this::compare);
        out.println(same + " events are as decided, to the byte; " + sameButForItsTime
                + " were decided again, the same but for the time; " + different + " differ; " + missing
                + " have no decision; " + reusedKeys + " tell of a reused key, about which nothing is stored; "
                + foreign
                + " are no events of ours");
        return different + missing == 0 ? Command.DONE : Command.SEE_TO_IT;
    }

    private void compare(List<ConsumerRecord<byte[], byte[]>> records) {
        List<Published> published = new ArrayList<>(records.size());
        for (ConsumerRecord<byte[], byte[]> record : records) {
            Published.of(record).ifPresentOrElse(published::add, () -> foreign++);
        }
        Map<Name, FrozenEvent> decided = decisions(published);
        for (Published event : published) {
            compare(event, decided);
        }
    }

    private void compare(Published event, Map<Name, FrozenEvent> decisions) {
        FrozenEvent decided = decisions.get(new Name(event.restaurantId(), event.requestId()));
        if (event.isOfAReusedKey()) {
            reusedKeys++;
        } else if (decided == null) {
            missing++;
            out.println("missing  " + event.name());
        } else if (event.isTheSameAs(decided)) {
            same++;
        } else if (event.isTheSameButForItsTime(decided)) {
            sameButForItsTime++;
        } else {
            different++;
            out.println("differs  " + event.name() + event.differences(decided));
        }
    }

    private Map<Name, FrozenEvent> decisions(List<Published> events) {
        Map<Name, FrozenEvent> found = new HashMap<>();
        jdbc.sql(
                        """
                        select d.restaurant_id, d.id, d.event_headers, d.event_data
                        from unnest(:restaurants, :ids::uuid[]) as asked(restaurant_id, id)
                        cross join lateral (
                          select * from booking_requests b
                          where b.restaurant_id = asked.restaurant_id and b.id = asked.id limit 1) d
                        """)
                .param(
                        "restaurants",
                        events.stream().map(Published::restaurantId).toArray(Long[]::new))
                .param(
                        "ids",
                        events.stream()
                                .map(event -> event.requestId().value().toString())
                                .toArray(String[]::new))
                .query(row -> {
                    found.put(
                            new Name(row.getLong(1), new RequestId(row.getObject(2, UUID.class))),
                            FrozenEvent.thaw(row.getBytes(3), row.getBytes(4)));
                });
        return found;
    }

    @SpringBootConfiguration
    @ImportAutoConfiguration({
        DataSourceAutoConfiguration.class,
        JdbcTemplateAutoConfiguration.class,
        JdbcClientAutoConfiguration.class,
        KafkaAutoConfiguration.class
    })
    static class Setup {}
}
