package io.jenkins.plugins.metakraftwerk.history;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.metakraftwerk.deploy.AttemptRecord;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jvnet.localizer.LocaleProvider;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Strip that shows which build was at a target when, over the last days. */
@Restricted(NoExternalUse.class)
public final class TimeStrip {

    static final Duration SPAN = Duration.ofDays(30);

    /** Smallest width of a piece, in percent: two pixels of a strip of about 800. */
    static final double NARROW = 0.25;

    /** Width that an id needs, in percent. */
    private static final double ROOM = 6;

    /** Period in which a build was there, or several, one after another. */
    private record Stretch(List<AttemptRecord> builds, double from, double to, long since, long until) {

        boolean isNarrow() {
            return to - from < NARROW;
        }

        Stretch and(Stretch next) {
            List<AttemptRecord> all = new ArrayList<>(builds);
            all.addAll(next.builds);
            return new Stretch(all, from, next.to, since, next.until);
        }
    }

    /** Piece of the strip. */
    @Restricted(NoExternalUse.class)
    public static final class Piece {
        private final Stretch stretch;
        private final boolean even;
        private final boolean last;

        private Piece(Stretch stretch, boolean even, boolean last) {
            this.stretch = stretch;
            this.even = even;
            this.last = last;
        }

        private boolean isOne() {
            return stretch.builds.size() == 1;
        }

        /** Returns where the piece begins, in percent. */
        public double getX() {
            return Math.min(stretch.from, 100 - NARROW);
        }

        /** Returns the width in percent, large enough to see a build that has only just come. */
        public double getWidth() {
            return Math.max(stretch.to - stretch.from, NARROW);
        }

        /**
         * Returns {@code even} and {@code odd} in turn, so that neighbours differ, or {@code several} for more than one
         * build.
         */
        public String getKind() {
            return isOne() ? even ? "even" : "odd" : "several";
        }

        /** Returns the id of the build. Null if there is no room for it. */
        @CheckForNull
        public String getLabel() {
            return isOne() && getWidth() >= ROOM
                    ? String.valueOf(stretch.builds.get(0).buildId())
                    : null;
        }

        /** Returns the build with the times when it came and went. */
        public String getTitle() {
            AttemptRecord build = stretch.builds.get(0);
            String what = isOne() ? String.valueOf(build.buildId()) : Messages.strip_several(stretch.builds.size());
            return Messages.strip_piece(
                    isOne() && build.buildName() != null ? what + " " + build.buildName() : what,
                    date(stretch.since),
                    last ? Messages.strip_now() : date(stretch.until));
        }

        private static String date(long time) {
            return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT)
                    .withLocale(LocaleProvider.getLocale())
                    .withZone(ZoneId.systemDefault())
                    .format(Instant.ofEpochMilli(time));
        }
    }

    private final List<Piece> pieces = new ArrayList<>();

    private TimeStrip(List<Stretch> stretches) {
        for (Stretch stretch : stretches) {
            pieces.add(new Piece(stretch, pieces.size() % 2 == 0, pieces.size() == stretches.size() - 1));
        }
    }

    /** Returns null if nothing has landed. */
    @CheckForNull
    static TimeStrip from(List<AttemptRecord> attempts, Instant now) {
        List<AttemptRecord> came = came(attempts);
        return came.isEmpty() ? null : new TimeStrip(mergedNarrow(stretches(came, now.toEpochMilli())));
    }

    /** Returns the attempts that changed the build, oldest first. */
    private static List<AttemptRecord> came(List<AttemptRecord> attempts) {
        List<AttemptRecord> came = new ArrayList<>();
        attempts.stream()
                .filter(AttemptRecord::landed)
                .sorted(Comparator.comparingLong(AttemptRecord::time))
                .filter(entry -> came.isEmpty()
                        || !Objects.equals(came.get(came.size() - 1).buildId(), entry.buildId()))
                .forEachOrdered(came::add);
        return came;
    }

    private static List<Stretch> stretches(List<AttemptRecord> came, long now) {
        long begin = now - SPAN.toMillis();
        List<Stretch> stretches = new ArrayList<>();
        for (int i = 0; i < came.size(); i++) {
            long since = came.get(i).time();
            long until = i + 1 < came.size() ? came.get(i + 1).time() : now;
            if (until > begin || i == came.size() - 1) {
                stretches.add(new Stretch(
                        List.of(came.get(i)), percent(since - begin), percent(until - begin), since, until));
            }
        }
        return stretches;
    }

    /** Cuts the time to the span, since clocks may go back. */
    private static double percent(long millis) {
        return Math.round(10_000.0 * Math.min(SPAN.toMillis(), Math.max(0, millis)) / SPAN.toMillis()) / 100.0;
    }

    /** Merges narrow neighbours into one. */
    private static List<Stretch> mergedNarrow(List<Stretch> stretches) {
        List<Stretch> drawn = new ArrayList<>();
        boolean narrow = false;
        for (Stretch next : stretches) {
            if (narrow && next.isNarrow()) {
                drawn.add(drawn.remove(drawn.size() - 1).and(next));
            } else {
                drawn.add(next);
            }
            narrow = next.isNarrow();
        }
        return drawn;
    }

    public List<Piece> getPieces() {
        return List.copyOf(pieces);
    }

    public long getDays() {
        return SPAN.toDays();
    }
}
