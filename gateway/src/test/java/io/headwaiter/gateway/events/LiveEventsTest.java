package io.headwaiter.gateway.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwaiter.gateway.GatewayProperties;
import io.headwaiter.schemas.FrozenEvent;
import io.headwaiter.schemas.Topics;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** What streams are handed, and what not. */
class LiveEventsTest {

    private static final Earshot ALL = new Earshot(true, 0);
    private static final Earshot OF_SEVEN = new Earshot(false, 7);

    private final LiveEvents live = liveEvents(Map.of());

    private static LiveEvents liveEvents(Map<String, String> settings) {
        LiveEvents live = new LiveEvents(new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate("headwaiter.gateway", GatewayProperties.class));
        live.open();
        live.standAt(new long[] {100});
        return live;
    }

    private static PublishedEvent event(long offset, String type, String json) {
        ConsumerRecord<String, byte[]> record =
                new ConsumerRecord<>(Topics.EVENTS, 0, offset, "1", json.getBytes(UTF_8));
        Map.of("ce_specversion", "1.0", "ce_id", "evt_" + offset, "ce_source", "urn:test", "ce_type", type)
                .forEach((name, value) -> record.headers().add(name, value.getBytes(UTF_8)));
        return new PublishedEvent(record);
    }

    private static PublishedEvent large(long offset) {
        return event(offset, "booking.confirmed", "{\"x\":\"%s\"}".formatted("x".repeat(1000)));
    }

    private static String next(Subscription subscription) {
        Frame frame = subscription.next(Duration.ZERO);
        return frame == null ? "" : new String(frame.bytes(), UTF_8);
    }

    @Test
    void who_joins_hears_all_from_where_it_joined_and_nothing_of_other_restaurants() {
        live.hear(large(100));
        Subscription joined = live.join("1", 0, ALL);
        Subscription elsewhere = live.join("2", 0, ALL);
        live.hear(event(101, "booking.moved", "{ \"as\": 1.0 }"));

        assertThat(joined.from()).isEqualTo(101);
        assertThat(next(joined))
                .isEqualTo(
                        """
                        id: 0-101
                        event: booking.moved
                        data: {"specversion":"1.0","id":"evt_101","source":"urn:test","type":"booking.moved",\
                        "datacontenttype":"application/json","data":{ "as": 1.0 }}

                        """);
        assertThat(next(joined)).isEmpty();
        assertThat(next(elsewhere)).isEmpty();
        assertThat(live.next(0)).isEqualTo(102);
    }

    @Test
    void a_tail_that_stands_where_it_was_closes_nothing_and_one_that_missed_events_closes_all() {
        Subscription joined = live.join("1", 0, ALL);
        live.hear(large(100));

        live.standAt(new long[] {101});
        assertThat(joined.ending()).isNull();
        live.standAt(new long[] {102});
        assertThat(joined.ending()).isEqualTo(Ending.BROKEN);
        assertThat(next(joined)).isEmpty();
        assertThat(live.join("1", 0, ALL).from()).isEqualTo(102);
    }

    @Test
    void who_joins_a_gateway_that_stops_is_sent_away() {
        live.sendAway();

        assertThat(live.join("1", 0, ALL).ending()).isEqualTo(Ending.STOPPING);
    }

    @Test
    void a_stream_that_is_too_far_behind_is_closed() {
        LiveEvents narrow = liveEvents(Map.of("headwaiter.gateway.streams.backlog", "2"));
        Subscription slow = narrow.join("1", 0, ALL);
        Subscription quick = narrow.join("1", 0, ALL);
        for (int offset = 100; offset < 103; offset++) {
            narrow.hear(large(offset));
            assertThat(next(quick)).isNotEmpty();
        }

        assertThat(slow.ending()).isEqualTo(Ending.SLOW);
        assertThat(quick.ending()).isNull();
    }

    @Test
    void when_there_is_no_more_memory_who_is_behind_is_closed_and_what_several_are_to_write_counts_once() {
        LiveEvents narrow = liveEvents(Map.of("headwaiter.gateway.streams.buffer", "2KB"));
        Subscription slow = narrow.join("1", 0, ALL);
        Subscription asSlow = narrow.join("1", 0, ALL);
        narrow.hear(large(100));
        narrow.hear(large(101));
        assertThat(slow.ending()).isNull();
        assertThat(asSlow.ending()).isNull();
        narrow.hear(large(102));

        assertThat(slow.ending()).isEqualTo(Ending.SLOW);
        assertThat(asSlow.ending()).isEqualTo(Ending.SLOW);
        Subscription later = narrow.join("1", 0, ALL);
        narrow.hear(large(103));
        narrow.hear(large(104));
        assertThat(later.ending()).isNull();
    }

    @Test
    void when_there_is_no_more_memory_who_is_not_behind_goes_on() {
        LiveEvents narrow = liveEvents(Map.of("headwaiter.gateway.streams.buffer", "2KB"));
        Subscription slow = narrow.join("1", 0, ALL);
        Subscription quick = narrow.join("1", 0, ALL);
        for (int offset = 100; offset < 103; offset++) {
            assertThat(slow.ending()).isNull();
            narrow.hear(large(offset));
            assertThat(next(quick)).startsWith("id: 0-" + offset);
        }

        assertThat(slow.ending()).isEqualTo(Ending.SLOW);
        assertThat(quick.ending()).isNull();
    }

    @Test
    void an_event_that_is_not_understood_is_told_to_those_alone_who_hear_all() {
        Subscription all = live.join("1", 0, ALL);
        Subscription some = live.join("1", 0, OF_SEVEN);
        live.hear(event(100, "table.joined", "{\"partner_id\":7}"));
        live.hear(event(101, "booking.confirmed", "{\"reservation\":7}"));

        assertThat(next(all)).contains("event: table.joined");
        assertThat(next(all)).contains("event: booking.confirmed");
        assertThat(some.isEmpty()).isTrue();
    }

    @Test
    void what_is_no_cloudevent_with_json_is_told_to_nobody() {
        Subscription all = live.join("1", 0, ALL);
        ConsumerRecord<String, byte[]> nameless =
                new ConsumerRecord<>(Topics.EVENTS, 0, 100, "1", "{}".getBytes(UTF_8));
        nameless.headers().add(FrozenEvent.TYPE_HEADER, "booking.confirmed".getBytes(UTF_8));
        live.hear(new PublishedEvent(nameless));
        live.hear(event(101, "booking.confirmed", "{"));
        live.hear(event(102, "booking.confirmed", ""));
        live.hear(event(103, "booking.confirmed", "\"text\""));
        live.hear(event(104, "booking.moved", "{}"));

        assertThat(next(all)).startsWith("id: 0-104\n");
    }

    @Test
    void a_change_of_the_first_version_is_of_whom_it_names() {
        String json =
                """
                {"request_id":"1","restaurant_id":1,"partner_id":%d,"reservation":{"id":1,"date":"2027-01-01T18:00:00Z",
                "end":"2027-01-01T20:00:00Z","guests":2,"table_id":1,"status":"confirmed","version":1},
                "table":{"id":1,"name":"1","capacity":2}}""";
        Subscription ours = live.join("1", 0, OF_SEVEN);
        live.hear(event(100, "booking.confirmed", json.formatted(8)));
        live.hear(event(101, "booking.confirmed", json.formatted(7)));

        // It has several lines, and so have the data.
        assertThat(next(ours))
                .startsWith("id: 0-101\n")
                .contains("\ndata: \"end\":", "\ndata: \"table\":")
                .endsWith("}}}\n\n");
        assertThat(ours.isEmpty()).isTrue();
    }
}
