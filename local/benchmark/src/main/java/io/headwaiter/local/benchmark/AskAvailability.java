package io.headwaiter.local.benchmark;

import io.headwaiter.local.services.LocalApp;
import io.headwaiter.rules.FloorPlan;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** How long it takes to learn what is free on a day, with a million reservations in the database, when 200 ask a second. */
final class AskAvailability implements Trial {

    private static final int A_SECOND = 200;
    private static final int WARM_UP = 30;
    private static final int OK = 200;

    private final Stage stage;
    private @Nullable ManyRestaurants restaurants;

    AskAvailability(Stage stage) {
        this.stage = stage;
    }

    @Override
    public void run(int round, Consumer<Run> done) {
        // They are made once: nobody books in them.
        if (restaurants == null) {
            stage.freshDatabase();
            restaurants = ManyRestaurants.add(stage.dataSource());
            stage.keepDatabase();
        } else {
            stage.returnToKept();
        }
        done.accept(run(round, restaurants));
    }

    private Run run(int round, ManyRestaurants asked) {
        Random random = new Random(round);
        return ask(stage, new Run(Load.AVAILABILITY, Run.HEADWAITER, round), () -> question(asked, random));
    }

    /** Random days of the next 300 at random restaurants of a town. */
    static Supplier<byte[]> anywhere(Town town, long seed) {
        List<Long> ids = town.plans().stream().map(FloorPlan::restaurantId).toList();
        ManyRestaurants asked = new ManyRestaurants(ids, town.key());
        Random random = new Random(seed);
        return () -> question(asked, random);
    }

    static Run ask(Stage stage, Run run, Supplier<byte[]> questions) {
        int seconds = stage.settings().seconds();
        LocalApp gateway = stage.launchGateway();
        Stage.awaitReady(gateway);
        Progress.say("asking %d times a second for %d s, after %d s to warm up".formatted(A_SECOND, seconds, WARM_UP));
        Answers answers = new Answers(seconds);
        Map<String, Long> processes = Map.of("gateway", gateway.pid());
        try (OpenLoop callers = new OpenLoop(stage.gatewayUrl())) {
            // In its first second a cold gateway may tell some to come again.
            callers.run(
                    A_SECOND * WARM_UP,
                    OpenLoop.aSecond(A_SECOND),
                    (number, due) -> callers.send(questions.get(), due, (connection, status, since) -> {}));
            callers.awaitAnswers();
            Usage before = Usage.now(stage, processes);
            answers.measure();
            callers.run(
                    A_SECOND * seconds,
                    OpenLoop.aSecond(A_SECOND),
                    (number, due) -> callers.send(
                            questions.get(), due, (connection, status, since) -> answers.add(status, since)));
            callers.awaitAnswers();
            answers.enough();
            run.with("requests", answers.measured()).mustBe(0, "not answered 200", answers.others(OK));
            if (answers.others(OK) > 0) {
                run.with("answered instead", answers.othersByStatus(OK));
            }
            answers.latenciesInto(run, "");
            Usage.now(stage, processes).since(before).into(run, answers.measured(), answers.seconds());
        }
        Stage.stop(gateway);
        return run;
    }

    private static byte[] question(ManyRestaurants restaurants, Random random) {
        long restaurant = restaurants.ids().get(random.nextInt(restaurants.ids().size()));
        return ("GET /api/restaurants/%d/availability?date=%s&guests=%d HTTP/1.1\r\nHost: benchmark\r\nAuthorization: Bearer %s\r\n\r\n"
                        .formatted(
                                restaurant,
                                ManyRestaurants.firstDay().plusDays(random.nextInt(ManyRestaurants.DAYS)),
                                1 + random.nextInt(4),
                                restaurants.key()))
                .getBytes(StandardCharsets.ISO_8859_1);
    }
}
