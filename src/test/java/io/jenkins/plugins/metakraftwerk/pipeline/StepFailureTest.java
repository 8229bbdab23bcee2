package io.jenkins.plugins.metakraftwerk.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.util.concurrent.ListenableFuture;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jenkinsci.plugins.workflow.steps.BodyInvoker;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.junit.jupiter.api.Test;

/** However much is broken, a step ends, with what is known of it. */
class StepFailureTest {

    private static final Throwable FAULT = new NoClassDefFoundError("broken");

    private final List<String> left = new ArrayList<>();
    private final Ends step = new Ends();

    /** Of a step that changes something. */
    private final class Deploys implements FailureConsequences {
        private final boolean mayHaveChanged;
        private final Object result;

        private Deploys(boolean mayHaveChanged, Object result) {
            this.mayHaveChanged = mayHaveChanged;
            this.result = result;
        }

        @Override
        public boolean onlyReads() {
            return false;
        }

        @Override
        public Optional<Object> outcome() {
            return Optional.ofNullable(result);
        }

        @Override
        public boolean mayHaveChanged() {
            return mayHaveChanged;
        }

        @Override
        public void leaveUnknown(String said) {
            left.add(said);
            throw new OutOfMemoryError("As intended");
        }
    }

    private static final class Ends extends StepContext {
        private static final long serialVersionUID = 1L;

        private Object result;
        private Throwable failure;

        @Override
        public void onSuccess(Object value) {
            result = value;
        }

        @Override
        public void onFailure(Throwable thrown) {
            failure = thrown;
        }

        private boolean isUnknown() {
            return ((MetaKraftwerkStepException) failure).isOutcomeUnknown();
        }

        @Override
        public <T> T get(Class<T> key) {
            return null;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public ListenableFuture<Void> saveState() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void setResult(hudson.model.Result r) {}

        @Override
        public BodyInvoker newBodyInvoker() {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean equals(Object o) {
            return this == o;
        }

        @Override
        public int hashCode() {
            return 1;
        }
    }

    @Test
    void aResultThatIsThereIsBrought() {
        StepFailure.end(step, FAULT, new Deploys(true, "record 7"));
        assertThat(step.result).isEqualTo("record 7");
        assertThat(left).isEmpty();
    }

    /** Also where that it is unknown cannot be remembered. */
    @Test
    void whatMayHaveBeenDoneIsUnknown() {
        StepFailure.end(step, FAULT, new Deploys(true, null));
        assertThat(step.isUnknown()).isTrue();
        assertThat(left)
                .singleElement()
                .asString()
                .contains("NoClassDefFoundError")
                .contains("is not known");
    }

    @Test
    void whereNothingWasSentNothingWasChanged() {
        StepFailure.end(step, FAULT, new Deploys(false, null));
        assertThat(step.isUnknown()).isFalse();
        assertThat(step.failure).hasMessageContaining("Nothing was changed.");
        assertThat(left).isEmpty();
    }

    @Test
    void aFailureThatIsKnownIsTold() {
        StepFailure.end(
                step,
                MetaKraftwerkException.outcomeUnknown(Text.forKey("said", "Lost."), null),
                new Deploys(true, "record 7"));
        assertThat(step.isUnknown()).isTrue();
        assertThat(step.failure).hasMessage("Lost.");
        assertThat(left).as("by the run itself").isEmpty();
    }

    @Test
    void whoOnlyReadsLeavesNothingInDoubt() {
        StepFailure.end(
                step,
                MetaKraftwerkException.outcomeUnknown(Text.forKey("said", "Lost."), null),
                new FailureConsequences() {});
        assertThat(step.isUnknown()).isFalse();
    }

    @Test
    void whereNotEvenThatCanBeToldItEndsAllTheSame() {
        StepFailure.end(step, FAULT, new FailureConsequences() {
            @Override
            public boolean mayHaveChanged() {
                throw new StackOverflowError();
            }
        });
        assertThat(step.failure).isSameAs(FAULT);
    }
}
