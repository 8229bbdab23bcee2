package io.jenkins.plugins.metakraftwerk.simulation;

import io.jenkins.plugins.metakraftwerk.deploy.ServerPin;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Servers that are configured in the controller. People change them while it is down. */
final class Servers {

    record Entry(String name, String url) {}

    static final Entry MAIN = new Entry("Production", World.URL);
    private static final Entry OTHER = new Entry("Test", World.OTHER_URL);

    private final World world;
    private List<Entry> entries = List.of(MAIN, OTHER);

    Servers(World world) {
        this.world = world;
    }

    ServerPin pin() {
        return new ServerPin(MAIN.name(), MAIN.url());
    }

    /** Returns the server that a run finds after a restart. */
    Optional<Entry> find(ServerPin pin) {
        return pin.among(entries, Entry::name, Entry::url);
    }

    /** Removes the server that the runs deploy to. */
    void lose() {
        entries = List.of(OTHER);
        world.trace.line(() -> "== the servers are now " + entries);
    }

    void change() {
        Entry renamed = new Entry("Live", World.URL);
        entries = new ArrayList<>(switch (world.chance.below(6)) {
            case 0 -> List.of(OTHER, MAIN);
            case 1 -> List.of(OTHER);
            case 2 -> List.of(OTHER, renamed);
            case 3 -> List.of(new Entry(MAIN.name(), OTHER.url()), new Entry(OTHER.name(), MAIN.url()));
            case 4 -> List.of(renamed, new Entry("Live 2", World.URL), OTHER);
            default -> List.of(new Entry(MAIN.name(), OTHER.url()));
        });
        world.trace.line(() -> "== the servers are now " + entries);
    }
}
