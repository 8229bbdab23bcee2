package io.jenkins.plugins.metakraftwerk;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import hudson.AbortException;
import hudson.ExtensionPoint;
import hudson.model.Describable;
import java.lang.reflect.Constructor;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import jenkins.model.GlobalConfiguration;
import org.jenkinsci.Symbol;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.junit.jupiter.api.Test;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.export.Exported;

/**
 * Names that users and other plugins have written: in Jenkinsfiles, in configuration as code, in scripts that read the remote
 * API, in Java. To change one is to break those, or to owe them an alias.
 */
class PublicNamesTest {

    @Test
    void exceptionsThatScriptsImport() throws Exception {
        NameList.holds(
                "Exceptions",
                NameList.CLASSES.stream()
                        .filter(type -> type.isAssignableTo(AbortException.class))
                        .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
                        .filter(type -> !type.isAnnotatedWith(Restricted.class))
                        .map(NameList::name));
    }

    /** The parameter has one with its value in the step 'build'. */
    @Test
    void symbols() throws Exception {
        NameList.holds(
                "Symbols",
                NameList.CLASSES.stream()
                        .filter(type -> type.isAnnotatedWith(Symbol.class))
                        .map(type -> NameList.line(
                                type,
                                Stream.of(type.getAnnotationOfType(Symbol.class).value()))));
    }

    @Test
    void steps() throws Exception {
        List<String> steps = new ArrayList<>();
        for (JavaClass type : NameList.CLASSES) {
            if (type.isAssignableTo(StepDescriptor.class)
                    && !type.getModifiers().contains(JavaModifier.ABSTRACT)) {
                Constructor<?> constructor = type.reflect().getDeclaredConstructor();
                constructor.setAccessible(true);
                StepDescriptor step = (StepDescriptor) constructor.newInstance();
                steps.add(step.getFunctionName() + ": " + step.clazz.getName().substring(NameList.HOUSE.length()));
            }
        }
        NameList.holds("Steps", steps.stream());
    }

    /** As scripts, configuration as code and Job DSL give them. */
    @Test
    void parameters() throws Exception {
        NameList.holds(
                "Parameters",
                NameList.CLASSES.stream()
                        .filter(type -> type.isAssignableTo(Describable.class)
                                || type.isAssignableTo(GlobalConfiguration.class)
                                || type.getMethods().stream()
                                        .anyMatch(method -> method.isAnnotatedWith(DataBoundSetter.class)))
                        .filter(type -> parameters(type).findAny().isPresent())
                        .map(type -> NameList.line(type, parameters(type))));
    }

    private static Stream<String> parameters(JavaClass type) {
        Stream<String> needed = Stream.of(type.reflect().getDeclaredConstructors())
                .filter(constructor -> constructor.isAnnotationPresent(DataBoundConstructor.class))
                .flatMap(constructor -> Stream.of(constructor.getParameters()))
                .map(Parameter::getName);
        Stream<String> others = type.getMethods().stream()
                .filter(method -> method.isAnnotatedWith(DataBoundSetter.class))
                .map(method -> property(method.getName()));
        return Stream.concat(needed, others);
    }

    private static String property(String method) {
        String name = method.replaceFirst("^(get|set|is)(?=[A-Z])", "");
        return Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }

    /** The remote API, which also tells the names of classes. */
    @Test
    void exported() throws Exception {
        NameList.holds(
                "Remote API",
                NameList.CLASSES.stream()
                        .filter(type -> methods(type, Exported.class).findAny().isPresent())
                        // What forms ask for themselves.
                        .filter(type -> !type.getPackageName().endsWith(".form"))
                        .map(type -> NameList.line(
                                type, methods(type, Exported.class).map(method -> property(method.getName())))));
    }

    /** What scripts in the sandbox may read of results. */
    @Test
    void results() throws Exception {
        NameList.holds(
                "Results",
                NameList.CLASSES.stream()
                        .filter(type ->
                                methods(type, Whitelisted.class).findAny().isPresent())
                        .map(type -> NameList.line(
                                type, methods(type, Whitelisted.class).map(JavaMethod::getName))));
    }

    private static Stream<JavaMethod> methods(
            JavaClass type, Class<? extends java.lang.annotation.Annotation> annotation) {
        return type.getMethods().stream().filter(method -> method.isAnnotatedWith(annotation));
    }

    @Test
    void forOtherPlugins() throws Exception {
        NameList.holds(
                "For other plugins",
                NameList.CLASSES.stream()
                        .filter(type -> type.getRawInterfaces().stream()
                                .anyMatch(parent -> parent.isEquivalentTo(ExtensionPoint.class)))
                        .filter(type -> !type.isAnnotatedWith(Restricted.class) && !type.isInterface())
                        .map(type -> NameList.line(
                                type,
                                type.getMethods().stream()
                                        .filter(method -> method.getModifiers().contains(JavaModifier.PUBLIC))
                                        .map(JavaMethod::getName))));
    }
}
