package io.jenkins.plugins.metakraftwerk.simulation;

import java.util.Map;
import java.util.TreeMap;

/** Rules by their letters, which violations show. */
final class Rules {

    static final Map<String, String> ALL = new TreeMap<>(Map.ofEntries(
            Map.entry("a", "at most one request of a run does work"),
            Map.entry("b", "a run reports only a record that fits, was not there before, and is no other run's"),
            Map.entry("c", "who says that nothing was deployed has deployed nothing"),
            Map.entry("d", "each run ends in time, see Bounds"),
            Map.entry("e", "an abort ends within a second, and nothing is sent after it"),
            Map.entry("f", "what a run retains does not grow with its waits"),
            Map.entry("g", "where nothing fails, there are exactly the requests that are documented"),
            Map.entry("h", "what the log says is so after a crash too: that it tries again"),
            Map.entry("i", "no run ends with a fault of the program"),
            Map.entry("j", "within a Jenkins build, nothing is sent after an attempt that ended unknown"),
            Map.entry("k", "a build that was seen to be unfinished, failed or deleted is not deployed"),
            Map.entry("l", "what the server has answered in time is what the run ends with, or is told after its abort"),
            Map.entry("m", "those that wait for their turn have it in the order in which they came"),
            Map.entry("n", "of two runs at once that skip what is deployed, one deploys"),
            Map.entry("o", "the server's own deployment that was seen is not repeated"),
            Map.entry("p", "whose record it is would survive a crash before it is reported, or is waited for 5 s"),
            Map.entry("q", "only of an attempt that ended unknown it is told later what became of it"),
            Map.entry("s", "a run that sees its own record, which nobody else can own, takes it"),
            Map.entry("t", "a trigger starts no two Jenkins builds for one build"),
            Map.entry("u", "a trigger starts a Jenkins build for each build that has finished since the first look"),
            Map.entry("v", "a trigger starts nothing for other builds"),
            Map.entry("y", "a trigger goes on looking, whatever hits a look, and says what that was"),
            Map.entry("z", "what the runs share can be understood again, whatever a disk has left of a line"),
            Map.entry("w", "a credential that is refused is looked up anew, and a new one is tried"),
            Map.entry("x", "nothing beside the schedule lets a virtual thread go on"),
            Map.entry("r", "a run asks only the server that it began with")));

    private Rules() {}
}
