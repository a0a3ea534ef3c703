package io.headwaiter.local.run;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;

/**
 * {@code ./mvnw -Prun}: everything on this machine, until Ctrl-C, SIGTERM or the end of Maven. Exit status 2 means that
 * it could not start or go on, and that a sentence says why; Maven makes a failure of it.
 */
final class Run {

    private Run() {}

    public static void main(String[] arguments) {
        var progress = new Progress(System.out);
        var ending = new Ending(progress);
        var whyNot = new WhyNot(Settings.path("why-not", Path.of("why-not")));
        try {
            whyNot.clear();
            run(Settings.fromSystemProperties(), progress, ending);
        } catch (IOException | SQLException | RuntimeException e) {
            ending.fail(whyNot.sentence(e));
        }
    }

    private static void run(Settings settings, Progress progress, Ending ending) throws IOException, SQLException {
        if (settings.stopWithParent()) {
            StopWithParent.watch(ending::stop);
        }
        System.out.println("Headwaiter starts; its data are in " + settings.data());
        var data = DataFolder.open(settings.data());
        var leftBehind = new LeftBehind(data.folder());
        leftBehind.await(progress);
        FreePorts.require(settings);

        var everything = new Everything(settings, data, leftBehind, progress);
        ending.stopsFirst(everything);
        everything.start();
        System.out.println(everything.welcome());
        everything.startMails();

        var failed = new CompletableFuture<CannotStart>();
        everything.keepRunning(failed::complete);
        throw failed.join();
    }
}
