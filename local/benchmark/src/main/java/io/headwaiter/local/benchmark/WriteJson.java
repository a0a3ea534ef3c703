package io.headwaiter.local.benchmark;

import io.headwaiter.schemas.MessageJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Everything that was measured, for programs: {@code report.json}. */
final class WriteJson {

    private WriteJson() {}

    static void to(Path file, Circumstances circumstances, Report report) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("circumstances", circumstances.byName());
        all.put("targets", Targets.reached(report));
        all.put("medians", medians(report));
        all.put("broken", report.broken());
        all.put("runs", report.runs().stream().map(WriteJson::run).toList());
        try {
            Files.write(
                    file, MessageJson.mapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(all));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, Object> medians(Report report) {
        Map<String, Object> loads = new LinkedHashMap<>();
        for (Load load : report.loads()) {
            Map<String, Object> contestants = new LinkedHashMap<>();
            for (String contestant : report.contestants(load)) {
                Map<String, Object> figures = new LinkedHashMap<>();
                for (String figure : report.figures(load)) {
                    report.summary(load, contestant, figure).ifPresent(summary -> figures.put(figure, summary));
                }
                contestants.put(contestant, figures);
            }
            loads.put(load.toString(), contestants);
        }
        return loads;
    }

    private static Map<String, Object> run(Run run) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("load", run.load().toString());
        all.put("contestant", run.contestant());
        all.put("round", run.round());
        all.put("counts", run.counts());
        all.put("figures", run.figures());
        all.put("remarks", run.remarks());
        all.put(
                "curves",
                run.curves().stream()
                        .map(curve -> Map.of(
                                "plot",
                                curve.plot(),
                                "line",
                                curve.line(),
                                "points",
                                curve.points().stream()
                                        .map(point -> List.of(point.x(), point.y()))
                                        .toList()))
                        .toList());
        return all;
    }
}
