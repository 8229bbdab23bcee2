package io.jenkins.plugins.metakraftwerk.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

/** Base of tests that tell a story. */
abstract class StoryTest {

    private static final Duration RETRY = Duration.ofMinutes(2);

    final Story story;

    StoryTest() {
        this(new Story());
    }

    StoryTest(Story story) {
        this.story = story;
    }

    @BeforeAll
    static void quiet() {
        Simulate.quiet();
    }

    @AfterEach
    void end() {
        story.world.scheduler.close();
    }

    /** Returns a step that deploys, whatever is there. */
    static SimJob deploys() {
        return deploys("");
    }

    static SimJob deploys(String executor) {
        return SimJobs.job(SimJobs.BUILD, false, executor, false, false, false, 10, RETRY, 0, true);
    }

    static SimJob skips() {
        return skips("");
    }

    static SimJob skips(String executor) {
        return SimJobs.job(SimJobs.BUILD, false, executor, true, false, false, 10, RETRY, 0, true);
    }

    /** Returns a step that skips, and sends after an attempt with unknown outcome. */
    static SimJob skipsAndInsists() {
        return SimJobs.job(SimJobs.BUILD, false, "", true, false, true, 10, RETRY, 0, true);
    }

    /** Starts a step whose request never arrives, so that it ends unknown. */
    SimRun lost(String build, SimJob job) {
        SimRun run = story.begin(build, job);
        story.next(run, Story.POST, SimFault.LOST_BEFORE);
        story.untilOver(run);
        return run;
    }

    /** Lets the story end and checks that no rule is broken. */
    void isWell() {
        story.end();
        assertThat(story.violations()).withFailMessage(this::report).isEmpty();
    }

    private String report() {
        return story + "" + story.violations();
    }
}
