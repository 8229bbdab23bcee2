package io.jenkins.plugins.metakraftwerk.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What somebody may have meant who misspelt a name. */
class SimilarNamesTest {

    @Test
    void theMostAlikeComesFirst() {
        assertThat(SimilarNames.find("DEPLOY_TO_DVE", List.of("PROD", "DEPLOY_TO_TEST", "DEPLOY_TO_DEV"), 2))
                .containsExactly("DEPLOY_TO_DEV", "DEPLOY_TO_TEST");
    }

    @Test
    void whatDiffersInMoreThanAThirdIsNotNear() {
        assertThat(SimilarNames.find(
                        "DEPLOY", List.of("DEPLOX", "DEPLYO", "XEPLOX", "XEPXOX", "DEPL", "DEP", "PROD"), 9))
                .containsExactly("DEPLOX", "DEPLYO", "DEPL", "XEPLOX");
        assertThat(SimilarNames.find("NIGHTLY", List.of("PROD", "TEST"), 9)).isEmpty();
        assertThat(SimilarNames.find("", List.of("", "X"), 9)).containsExactly("");
        assertThat(SimilarNames.find("Salse", List.of("Sales"), 9)).containsExactly("Sales");
    }

    @Test
    void capitalsAreTheFirstThingThatIsMistaken() {
        assertThat(SimilarNames.find("core", List.of("cord", "CORE"), 1)).containsExactly("CORE");
    }

    @Test
    void namesWithoutAnEndCostNoMoreThanOthers() {
        String endless = "x".repeat(1_000_000);
        assertThat(SimilarNames.find(endless, List.of(endless + "y", "", "y".repeat(1_000_000)), 9))
                .containsExactly(endless + "y");
        assertThat(SimilarNames.find("x", List.of(), 3)).isEmpty();
    }

    /** A server may have ten thousands of them, and each is compared in turn. */
    @Test
    void onlySoManyAreCompared() {
        List<String> names = new ArrayList<>(Collections.nCopies(90_000, "other"));
        names.add("wanted");
        assertThat(SimilarNames.find("wanted", names, 1)).as("each name once").containsExactly("wanted");
        List<String> many = new ArrayList<>();
        for (int i = 0; i < SimilarNames.MOST; i++) {
            many.add("x".repeat(90) + i);
        }
        many.add("wanted");
        assertThat(SimilarNames.find("wanted", many, 1)).doesNotContain("wanted");
        Collections.swap(many, SimilarNames.MOST, SimilarNames.MOST - 1);
        assertThat(SimilarNames.find("wanted", many, 1)).containsExactly("wanted");
    }
}
