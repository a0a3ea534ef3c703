package io.headwaiter.local.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.web.util.HtmlUtils;

/** Everything that was measured, for people: one page that needs nothing else, with the plots in it. */
final class WritePage {

    private static final String HEAD =
            """
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><title>Headwaiter: benchmark</title><style>
            body { font: 15px/1.4 system-ui, sans-serif; margin: 2em auto; max-width: 1100px; padding: 0 1em; color: #222 }
            table { border-collapse: collapse; margin: 1em 0 } th, td { padding: .15em .8em; text-align: right; white-space: nowrap }
            th:first-child, td:first-child { text-align: left } tr:nth-child(even) { background: #f4f4f4 }
            .plots { display: flex; flex-wrap: wrap; gap: 1em } .missed { color: #b00020; font-weight: bold } figure { margin: 0 }
            figcaption { font-weight: 600; margin: .5em 0 } svg { max-width: 100% } .broken { background: #fdd; padding: .5em }
            </style></head><body><h1>Headwaiter: benchmark</h1>
            """;

    private WritePage() {}

    static void to(Path file, Circumstances circumstances, Report report) {
        StringBuilder page = new StringBuilder(HEAD);
        report.broken().forEach(what -> page.append("<p class=broken>BROKEN: %s</p>\n".formatted(escaped(what))));
        page.append("<table>\n");
        circumstances
                .byName()
                .forEach((name, value) ->
                        page.append("<tr><th>%s</th><td style='text-align:left;white-space:normal'>%s</td></tr>\n"
                                .formatted(escaped(name), escaped(value))));
        page.append("</table>\n"
                + "<h2>Targets</h2>\n"
                + "<table><tr><th>of the"
                + " medians</th><th>reached</th><th>target</th><th>stretch</th><th></th></tr>\n");
        for (Targets.Line line : Targets.reached(report)) {
            page.append("<tr><td>%s</td><td>%s</td><td>%s</td><td>%s</td><td%s>%s</td></tr>\n"
                    .formatted(
                            escaped(line.what()),
                            Run.shown(line.reached()),
                            Run.shown(line.goal()),
                            Run.shown(line.stretch()),
                            line.verdict().equals(Targets.MISSED) ? " class=missed" : "",
                            escaped(line.verdict())));
        }
        page.append("</table>\n");
        report.loads().forEach(load -> append(page, report, load));
        page.append("</body></html>\n");
        try {
            Files.writeString(file, page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void append(StringBuilder page, Report report, Load load) {
        List<String> contestants = report.contestants(load);
        page.append("<h2>%s</h2>\n<div class=plots>\n".formatted(load));
        plots(report, load)
                .forEach((title, curves) -> page.append("<figure><figcaption>%s</figcaption>%s</figure>\n"
                        .formatted(escaped(title), DrawPlot.of(title, curves))));
        page.append("</div>\n<table><tr><th>median (least to most)</th>");
        contestants.forEach(contestant -> page.append("<th>%s</th>".formatted(escaped(contestant))));
        page.append("</tr>\n");
        for (String figure : report.figures(load)) {
            page.append("<tr><td>%s</td>".formatted(escaped(figure)));
            contestants.forEach(contestant ->
                    page.append("<td>%s</td>".formatted(escaped(report.shown(load, contestant, figure)))));
            page.append("</tr>\n");
        }
        page.append("</table>\n");
    }

    private static Map<String, List<Curve>> plots(Report report, Load load) {
        Map<String, List<Curve>> plots = new LinkedHashMap<>();
        report.runs().stream()
                .filter(run -> run.load() == load)
                .flatMap(run -> run.curves().stream())
                .forEach(curve -> plots.computeIfAbsent(curve.plot(), title -> new ArrayList<>())
                        .add(curve));
        return plots;
    }

    private static String escaped(String text) {
        return HtmlUtils.htmlEscape(text);
    }
}
