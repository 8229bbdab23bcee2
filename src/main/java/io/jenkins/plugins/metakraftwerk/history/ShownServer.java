package io.jenkins.plugins.metakraftwerk.history;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.metakraftwerk.server.MetaKraftwerkGlobalConfiguration;
import io.jenkins.plugins.metakraftwerk.server.MetaKraftwerkServer;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Targets of a server as a table: a row for each pattern, a column for each deployment name that several patterns have.
 */
@Restricted(NoExternalUse.class)
public final class ShownServer {

    private static final Comparator<ShownServer> BY_NAME = Comparator.comparing(
                    ShownServer::getName, String.CASE_INSENSITIVE_ORDER)
            .thenComparing(ShownServer::getUrl);

    /**
     * Targets of a pattern in one column.
     *
     * @param last true for the column of targets whose name has no column
     */
    @Restricted(NoExternalUse.class)
    public record Cell(List<ShownTarget> targets, boolean last) {
        // Jelly reads getters, not components of records.
        public List<ShownTarget> getTargets() {
            return targets;
        }

        public String getClasses() {
            return last ? "metakraftwerk-overview__others" : "metakraftwerk-overview__cell";
        }
    }

    /** Row of the table. */
    @Restricted(NoExternalUse.class)
    public record Row(ShownPattern pattern, List<Cell> cells) {
        public ShownPattern getPattern() {
            return pattern;
        }

        public List<Cell> getCells() {
            return cells;
        }
    }

    private final List<ShownPattern> patterns;
    private final List<String> columns;
    private final List<Row> rows;

    private ShownServer(List<ShownPattern> patterns) {
        this.patterns = patterns;
        columns = columns(patterns);
        rows = patterns.stream().map(this::row).toList();
    }

    /** Returns the servers, sorted by name. */
    static List<ShownServer> from(List<ShownPattern> patterns) {
        return patterns.stream().collect(Collectors.groupingBy(ShownPattern::getServerUrl)).values().stream()
                .map(ShownServer::new)
                .sorted(BY_NAME)
                .toList();
    }

    /**
     * Returns the names of deployments that at least two patterns have, in the order in which the server first made
     * them. Targets where nothing has landed do not count.
     */
    private static List<String> columns(List<ShownPattern> patterns) {
        Map<String, Integer> times = new HashMap<>();
        Map<String, Long> lowest = new HashMap<>();
        for (ShownPattern pattern : patterns) {
            pattern.getTargets().stream()
                    .filter(target -> !target.isNever())
                    .map(ShownTarget::getName)
                    .distinct()
                    .forEach(name -> times.merge(name, 1, Integer::sum));
            pattern.getTargets().forEach(target -> lowest.merge(target.getName(), target.id(), Math::min));
        }
        return times.entrySet().stream()
                .filter(entry -> entry.getValue() > 1)
                .map(Map.Entry::getKey)
                .sorted(Comparator.<String, Long>comparing(lowest::get).thenComparing(String.CASE_INSENSITIVE_ORDER))
                .toList();
    }

    public String getName() {
        return patterns.get(0).getServer();
    }

    public String getUrl() {
        return patterns.get(0).getServerUrl();
    }

    /** Returns the reason why nothing may be deployed there for now. Null if deployments are allowed. */
    @CheckForNull
    public String getFrozen() {
        return MetaKraftwerkGlobalConfiguration.get().getServers().stream()
                .filter(server ->
                        server.getName().equals(getName()) && server.normalUrl().equals(getUrl()))
                .map(MetaKraftwerkServer::getFrozen)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** Returns the names of the columns. */
    public List<String> getColumns() {
        return columns;
    }

    public List<Row> getRows() {
        return rows;
    }

    /** Returns true if a target stands in no column. */
    public boolean hasOthers() {
        return rows.stream()
                .flatMap(row -> row.cells().stream())
                .anyMatch(cell -> cell.last() && !cell.targets().isEmpty());
    }

    private Row row(ShownPattern pattern) {
        Map<String, List<ShownTarget>> byName =
                pattern.getTargets().stream().collect(Collectors.groupingBy(ShownTarget::getName));
        Stream<Cell> own = columns.stream().map(name -> new Cell(byName.getOrDefault(name, List.of()), false));
        List<ShownTarget> others = pattern.getTargets().stream()
                .filter(target -> !columns.contains(target.getName()))
                .toList();
        return new Row(
                pattern, Stream.concat(own, Stream.of(new Cell(others, true))).toList());
    }
}
