package io.jenkins.plugins.metakraftwerk.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.AbortException;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Run;
import io.jenkins.plugins.metakraftwerk.fixture.SharedJenkins;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;

/** One id for all of a build, and none for two. */
class JenkinsBuildIdTest {

    private static final int BRANCHES = 16;

    @RegisterExtension
    static final SharedJenkins SHARED = new SharedJenkins();

    private final JenkinsRule jenkins = SHARED.jenkins();

    private FreeStyleBuild build() throws Exception {
        return jenkins.buildAndAssertSuccess(jenkins.createFreeStyleProject());
    }

    private static Path file(Run<?, ?> build) {
        return build.getRootDir().toPath().resolve(JenkinsBuildId.NAME);
    }

    /** The same build as Jenkins has it after its configuration was loaded anew. */
    private FreeStyleBuild loadedAnew(FreeStyleBuild build) throws Exception {
        jenkins.jenkins.reload();
        FreeStyleBuild other = jenkins.jenkins
                .getItemByFullName(build.getParent().getFullName(), FreeStyleProject.class)
                .getBuildByNumber(build.getNumber());
        assertThat(other).isNotSameAs(build);
        return other;
    }

    @Test
    void isOnTheDiskAndStays() throws Exception {
        FreeStyleBuild build = build();
        String id = JenkinsBuildId.forBuild(build);
        assertThat(Files.readString(file(build))).isEqualTo(id + "\n");
        assertThat(file(build).resolveSibling(JenkinsBuildId.NAME + ".tmp")).doesNotExist();
        assertThat(JenkinsBuildId.forBuild(loadedAnew(build))).isEqualTo(id);
        assertThat(JenkinsBuildId.forBuild(build())).isNotEqualTo(id);
    }

    @Test
    void allBranchesGetTheSame() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(BRANCHES);
        try {
            for (int i = 0; i < 20; i++) {
                FreeStyleBuild one = build();
                FreeStyleBuild other = loadedAnew(one);
                CyclicBarrier together = new CyclicBarrier(BRANCHES);
                List<Future<String>> found = new ArrayList<>();
                for (int branch = 0; branch < BRANCHES; branch++) {
                    FreeStyleBuild of = branch % 2 == 0 ? one : other;
                    Callable<String> ask = () -> {
                        together.await();
                        return JenkinsBuildId.forBuild(of);
                    };
                    found.add(threads.submit(ask));
                }
                Set<String> ids = ConcurrentHashMap.newKeySet();
                for (Future<String> each : found) {
                    ids.add(each.get());
                }
                assertThat(ids).containsExactly(Files.readString(file(one)).strip());
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void goesWithTheJob() throws Exception {
        FreeStyleBuild build = build();
        String id = JenkinsBuildId.forBuild(build);
        build.getParent().renameTo("renamed");
        assertThat(JenkinsBuildId.forBuild(loadedAnew(build))).isEqualTo(id);
    }

    @Test
    void aFolderThatIsGoneDoesNotComeBack() throws Exception {
        FreeStyleBuild build = build();
        build.delete();
        assertThatThrownBy(() -> JenkinsBuildId.forBuild(build))
                .isInstanceOf(AbortException.class)
                .hasMessageContaining("could not be stored in the file jobs/");
        assertThat(build.getRootDir()).doesNotExist();
    }

    @Test
    void isAskedForAgainWhereItCouldNotBeStored() throws Exception {
        FreeStyleBuild build = build();
        Path inTheWay = Files.createDirectories(file(build).resolveSibling(JenkinsBuildId.NAME + ".tmp/something"));
        assertThatThrownBy(() -> JenkinsBuildId.forBuild(build)).hasMessageContaining("could not be stored");
        assertThat(file(build)).doesNotExist();
        Files.delete(inTheWay);
        Files.delete(inTheWay.getParent());
        assertThat(JenkinsBuildId.forBuild(build))
                .isEqualTo(Files.readString(file(build)).strip());
    }
}
