package io.headwaiter.local.benchmark;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A real day in as many seconds as are measured: calls come as they come to restaurants, few at night, many before lunch and most
 * before dinner. Four look what is free for each that books; of what is booked 12 % is cancelled and 5 % moved. The rival
 * has nothing but bookings, so there is nobody to compare with.
 */
final class RealDay implements Trial {

    private static final int RESTAURANTS = 500;
    /** On average; the busiest hour has more than twice as many. */
    private static final int CALLS_A_SECOND = 500;
    /** Of the hours of a day, the one from midnight on first. */
    private static final double[] HOURS = {
        0.3, 0.1, 0.1, 0.1, 0.1, 0.1, 0.3, 0.5, 0.8, 1.1, 1.5, 1.9, 1.7, 1.2, 1, 1.1, 1.5, 2.1, 2.4, 2.2, 1.7, 1.2, 0.8,
        0.5
    };

    private static final double BOOKING = 1;
    private static final double LOOKING = 4;
    private static final double CANCELLING = 0.12;
    private static final double MOVING = 0.05;

    private enum Kind {
        LOOK(LOOKING, "availability", 200),
        BOOK(BOOKING, "booking", 201),
        CANCEL(CANCELLING, "cancelling", 200),
        MOVE(MOVING, "moving", 200);

        private final double share;
        private final String words;
        private final int done;

        Kind(double share, String words, int done) {
            this.share = share;
            this.words = words;
            this.done = done;
        }

        static Kind any(Random random) {
            double which = random.nextDouble() * (LOOKING + BOOKING + CANCELLING + MOVING);
            for (Kind kind : values()) {
                which -= kind.share;
                if (which < 0) {
                    return kind;
                }
            }
            return LOOK;
        }
    }

    private static final int REFUSED = 409;
    private static final String BOOKED = "\"reservation\":{\"id\":";

    private record Booked(Wish wish, long id) {}

    private final Stage stage;
    private final List<Booked> booked = new ArrayList<>();

    RealDay(Stage stage) {
        this.stage = stage;
    }

    @Override
    public void run(int round, Consumer<Run> done) {
        stage.freshDatabase();
        booked.clear();
        Town town = Town.of(stage, RESTAURANTS);
        Settings settings = stage.settings();
        Run run = new Run(Load.DAY, Run.HEADWAITER, round);
        Answers[] answers = new Answers[Kind.values().length];
        for (Kind kind : Kind.values()) {
            answers[kind.ordinal()] = new Answers(settings.warmUp() + settings.seconds());
        }
        try (Headwaiter headwaiter = Headwaiter.launch(stage)) {
            Progress.say("%s: %d calls a second on average for %d s, after %d s to warm up"
                    .formatted(run.load(), CALLS_A_SECOND, settings.seconds(), settings.warmUp()));
            measure(run, headwaiter, new DayWishes(town, round), new Random(round), answers);
        }
        int decided = 0;
        for (Kind kind : Kind.values()) {
            Answers told = answers[kind.ordinal()];
            run.mustBe(0, kind.words + ": answered otherwise", told.others(kind.done, REFUSED));
            if (told.others(kind.done, REFUSED) > 0) {
                run.with(kind.words + ": other answers", told.othersByStatus(kind.done, REFUSED));
            }
            decided += kind == Kind.LOOK ? 0 : told.with(kind.done) + told.with(REFUSED);
        }
        CheckBookings check = new CheckBookings(stage.jdbc());
        run.mustBe(decided, "decisions stored", stage.decisions());
        check.tables(run);
        done.accept(run);
    }

    private void measure(Run run, Headwaiter headwaiter, DayWishes wishes, Random random, Answers[] answers) {
        Settings settings = stage.settings();
        Watch watch = Watch.start(stage, headwaiter.processes(), true);
        try (watch;
                OpenLoop callers = new OpenLoop(headwaiter.url())) {
            OpenLoop.Asking asking = (number, due) -> ask(callers, wishes, random, due, answers);
            callers.run(CALLS_A_SECOND * settings.warmUp(), OpenLoop.aSecond(CALLS_A_SECOND), asking);
            Usage before = Usage.now(stage, headwaiter.processes());
            for (Answers each : answers) {
                each.measure();
            }
            long[] due = aDay(CALLS_A_SECOND * settings.seconds(), settings.seconds());
            callers.run(due.length, number -> due[number], asking);
            callers.awaitAnswers();
            double calls = 0;
            for (Kind kind : Kind.values()) {
                Answers told = answers[kind.ordinal()];
                told.enough();
                run.with(kind.words + ": calls", told.measured());
                told.latenciesInto(run, kind.words);
                run.with(told.curve(kind.words));
                calls += told.measured();
            }
            Usage.now(stage, headwaiter.processes())
                    .since(before)
                    .into(run, calls, answers[Kind.BOOK.ordinal()].seconds());
        }
        watch.into(run);
    }

    private void ask(OpenLoop callers, DayWishes wishes, Random random, long due, Answers[] answers) {
        Kind kind = Kind.any(random);
        Booked known = kind == Kind.CANCEL || kind == Kind.MOVE ? someBooked(random, kind == Kind.CANCEL) : null;
        if ((kind == Kind.CANCEL || kind == Kind.MOVE) && known == null) {
            kind = Kind.BOOK;
        }
        Wish wish = wishes.get();
        Answers told = answers[kind.ordinal()];
        byte[] request =
                switch (kind) {
                    case LOOK -> look(wish);
                    case BOOK -> wish.overHttp("");
                    case CANCEL -> change(Objects.requireNonNull(known), "DELETE", "");
                    case MOVE ->
                        change(Objects.requireNonNull(known), "PATCH", "{\"date\":\"%s\"}".formatted(wish.start()));
                };
        boolean books = kind == Kind.BOOK;
        callers.send(request, due, (connection, status, asked) -> {
            told.add(status, asked);
            if (books && status == Kind.BOOK.done) {
                remember(wish, connection.body());
            }
        });
    }

    private void remember(Wish wish, String body) {
        int at = body.indexOf(BOOKED) + BOOKED.length();
        synchronized (booked) {
            booked.add(new Booked(wish, Long.parseLong(body.substring(at, body.indexOf(',', at)))));
        }
    }

    private @Nullable Booked someBooked(Random random, boolean forGood) {
        synchronized (booked) {
            if (booked.isEmpty()) {
                return null;
            }
            int which = random.nextInt(booked.size());
            Booked one = booked.get(which);
            if (forGood) {
                booked.set(which, booked.getLast());
                booked.removeLast();
            }
            return one;
        }
    }

    private static byte[] look(Wish wish) {
        return ("GET /api/restaurants/%d/availability?date=%s&guests=%d HTTP/1.1\r\nHost: benchmark\r\nAuthorization: Bearer %s\r\n\r\n"
                        .formatted(
                                wish.plan().restaurantId(),
                                wish.start().substring(0, wish.start().indexOf('T')),
                                wish.guests(),
                                wish.town().key()))
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] change(Booked known, String method, String body) {
        return ("%s /api/restaurants/%d/reservations/%d HTTP/1.1\r\nHost: benchmark\r\nAuthorization: Bearer %s\r\n%sContent-Length: %d\r\n\r\n%s"
                        .formatted(
                                method,
                                known.wish().plan().restaurantId(),
                                known.id(),
                                known.wish().town().key(),
                                body.isEmpty() ? "" : "Content-Type: application/json\r\n",
                                body.length(),
                                body))
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    /** When each of so many calls comes, were a day so many seconds long: nanoseconds from its beginning. */
    static long[] aDay(int calls, int seconds) {
        double sum = 0;
        for (double hour : HOURS) {
            sum += hour;
        }
        long[] due = new long[calls];
        double anHour = TimeUnit.SECONDS.toNanos(seconds) / (double) HOURS.length;
        int hour = 0;
        double before = 0;
        for (int i = 0; i < calls; i++) {
            double share = sum * i / calls;
            while (share >= before + HOURS[hour]) {
                before += HOURS[hour++];
            }
            due[i] = (long) (anHour * (hour + (share - before) / HOURS[hour]));
        }
        return due;
    }
}
