package io.headwaiter.local.faults.history;

import static io.headwaiter.local.faults.history.Story.EIGHT;
import static io.headwaiter.local.faults.history.Story.HOUSE;
import static io.headwaiter.local.faults.history.Story.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwaiter.local.faults.history.Entry.Call;
import io.headwaiter.local.faults.history.Entry.DeadLetter;
import io.headwaiter.local.faults.history.Entry.Note;
import io.headwaiter.local.faults.history.Entry.Poisoned;
import io.headwaiter.local.faults.history.Entry.Silence;
import io.headwaiter.local.faults.history.Entry.Unreadable;
import io.headwaiter.local.faults.history.Outcome.Done;
import io.headwaiter.local.faults.history.Outcome.Kept;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecorderTest {

    @TempDir
    Path folder;

    @Test
    void a_history_is_in_its_file_as_it_was() {
        Story story = new Story();
        Story.Decided placed = story.placed(Story.booking(1, 70, EIGHT, 1, "confirmed"), 0);
        story.decided(new Asked.Place(EIGHT, 2, null, null), Story.taken(Story.booking(1, 70, EIGHT, 1, "")), 1);
        story.decided(new Asked.Withdraw(placed.ticket()), new Kept(1, 2, EIGHT, EIGHT.plusNanos(1_000), true), 1);
        story.decided(
                new Asked.Move(1, EIGHT, 3, null, true, 4), new Done(Story.booking(1, 70, EIGHT, 2, "confirmed")), 2);
        story.stands(Story.booking(1, 70, EIGHT, 1, "confirmed"), placed);
        story.add(
                new Call(90, HOUSE, null, null, new Asked.Status(1, "seated"), NOON, "one"),
                new Call(91, HOUSE, "k", new UUID(1, 2), new Asked.Cancel(1, 3), NOON, "one"),
                new Silence(90, NOON, "broken"),
                new Note(NOON, "a worker is killed"),
                new Unreadable(1, 2, "why"),
                new Poisoned(1, 2, new Digest(-1, 2, -3, 4)),
                new DeadLetter(1, 2, "code", 3, 4, new Digest(-1, 2, -3, 4), true));

        Path file = folder.resolve("history.jsonl");
        try (Recorder recorder = Recorder.into(file)) {
            story.entries().forEach(recorder::record);
        }

        assertThat(JsonLines.read(file)).isEqualTo(story.entries());
        assertThat(Verdict.on(History.read(file))).isEqualTo(Verdict.on(History.of(story.entries())));
    }

    @Test
    void many_write_at_once_and_nothing_is_torn() throws InterruptedException {
        Path file = folder.resolve("history.jsonl");
        try (Recorder recorder = Recorder.into(file)) {
            List<Thread> threads = IntStream.range(0, 8)
                    .mapToObj(number -> Thread.ofVirtual().start(() -> {
                        for (int i = 0; i < 500; i++) {
                            recorder.record(new Silence(recorder.nextCall(), NOON, "broken"));
                        }
                    }))
                    .toList();
            for (Thread thread : threads) {
                thread.join();
            }
        }

        assertThat(JsonLines.read(file))
                .hasSize(4_000)
                .extracting(entry -> ((Silence) entry).call())
                .doesNotHaveDuplicates();
    }
}
