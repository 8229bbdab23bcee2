package io.jenkins.plugins.metakraftwerk;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** The sources that a source names: also one of which it takes only a constant, which javac leaves no trace of. */
final class NamedFiles {

    private final Set<String> files = new HashSet<>();

    private NamedFiles() {}

    /** From the class that a file is named after to those of the files that it names. */
    static Map<String, Set<String>> in(Path sources) throws IOException {
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null);
                Stream<Path> found = Files.walk(sources)) {
            List<Path> paths =
                    found.filter(path -> path.toString().endsWith(".java")).toList();
            var task = (JavacTask)
                    compiler.getTask(null, manager, null, null, null, manager.getJavaFileObjectsFromPaths(paths));
            NamedFiles all = new NamedFiles();
            Map<String, CompilationUnitTree> units = new TreeMap<>();
            for (CompilationUnitTree unit : task.parse()) {
                String file =
                        Path.of(unit.getSourceFile().toUri()).getFileName().toString();
                units.put(unit.getPackageName() + "." + file.replace(".java", ""), unit);
            }
            all.files.addAll(units.keySet());
            Map<String, Set<String>> named = new TreeMap<>();
            units.forEach((file, unit) -> named.put(file, all.named(unit)));
            return named;
        }
    }

    private Set<String> named(CompilationUnitTree unit) {
        Map<String, String> imported = new HashMap<>();
        Set<String> places = new HashSet<>(Set.of(unit.getPackageName() + "."));
        for (ImportTree one : unit.getImports()) {
            String name = one.getQualifiedIdentifier().toString();
            imported.put(name.substring(name.lastIndexOf('.') + 1), name);
            if (name.endsWith("*")) {
                places.add(name.replace("*", ""));
            }
        }
        Set<String> named = new HashSet<>();
        new TreeScanner<Void, Void>() {
            @Override
            public Void visitImport(ImportTree one, Void nothing) {
                return null;
            }

            @Override
            public Void visitIdentifier(IdentifierTree identifier, Void nothing) {
                String name = identifier.getName().toString();
                if (imported.containsKey(name)) {
                    named.add(imported.get(name));
                } else {
                    places.forEach(place -> named.add(place + name));
                }
                return null;
            }

            @Override
            public Void visitMemberSelect(MemberSelectTree select, Void nothing) {
                named.add(select.toString());
                return super.visitMemberSelect(select, nothing);
            }
        }.scan(unit, null);
        Set<String> result = new HashSet<>(files);
        result.removeIf(file -> named.stream().noneMatch(name -> name.equals(file) || name.startsWith(file + ".")));
        return result;
    }
}
