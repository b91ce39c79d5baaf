package io.espalier.eclipse.inside;

import io.espalier.eclipse.EclipseProject;
import io.espalier.eclipse.Problem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.core.resources.IContainer;
import org.eclipse.core.resources.IFile;
import org.eclipse.core.resources.IFolder;
import org.eclipse.core.resources.IMarker;
import org.eclipse.core.resources.IProject;
import org.eclipse.core.resources.IProjectDescription;
import org.eclipse.core.resources.IResource;
import org.eclipse.core.resources.IWorkspace;
import org.eclipse.core.resources.IWorkspaceDescription;
import org.eclipse.core.resources.IncrementalProjectBuilder;
import org.eclipse.core.resources.ResourcesPlugin;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.jdt.apt.core.util.AptConfig;
import org.eclipse.jdt.apt.core.util.IFactoryPath;
import org.eclipse.jdt.core.IClasspathEntry;
import org.eclipse.jdt.core.IJavaProject;
import org.eclipse.jdt.core.JavaCore;

/** A project in Eclipse's workspace; runs inside the framework. */
public final class WorkspaceProject implements EclipseProject {
    private final IProject project;
    private final IJavaProject java;

    /** Makes an empty project. */
    public WorkspaceProject(String name, List<Path> classPath, List<Path> processors) throws CoreException {
        IWorkspace workspace = ResourcesPlugin.getWorkspace();
        IWorkspaceDescription settings = workspace.getDescription();
        settings.setAutoBuilding(false);
        workspace.setDescription(settings);
        project = workspace.getRoot().getProject(name);
        project.create(null);
        project.open(null);
        IProjectDescription description = project.getDescription();
        description.setNatureIds(new String[] {JavaCore.NATURE_ID});
        project.setDescription(description, null);
        java = JavaCore.create(project);

        List<IClasspathEntry> entries = new ArrayList<>();
        IFolder sources = project.getFolder("src");
        sources.create(true, true, null);
        entries.add(JavaCore.newSourceEntry(sources.getFullPath()));
        entries.add(library(Path.of(System.getProperty("java.home"), "lib", "jrt-fs.jar")));
        classPath.forEach(jar -> entries.add(library(jar)));
        java.setRawClasspath(
                entries.toArray(IClasspathEntry[]::new),
                project.getFolder("bin").getFullPath(),
                null);
        Map<String, String> options = java.getOptions(false);
        JavaCore.setComplianceOptions("25", options);
        java.setOptions(options);

        IFactoryPath factoryPath = AptConfig.getDefaultFactoryPath(java);
        processors.forEach(jar -> factoryPath.addExternalJar(jar.toFile()));
        AptConfig.setFactoryPath(java, factoryPath);
        AptConfig.setEnabled(java, true);
    }

    private static IClasspathEntry library(Path jar) {
        return JavaCore.newLibraryEntry(new org.eclipse.core.runtime.Path(jar.toString()), null, null);
    }

    @Override
    public void save(String path, String text) {
        IFile file = project.getFile("src/" + path);
        InputStream bytes = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        try {
            if (file.exists()) {
                file.setContents(bytes, true, false, null);
            } else {
                create(file.getParent());
                file.create(bytes, true, null);
            }
        } catch (CoreException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void create(IContainer container) throws CoreException {
        if (container instanceof IFolder folder && !folder.exists()) {
            create(folder.getParent());
            folder.create(true, true, null);
        }
    }

    @Override
    public void processorOption(String key, String value) {
        AptConfig.addProcessorOption(java, key, value);
    }

    @Override
    public void setting(String key, String value) {
        java.setOption(key, value);
    }

    @Override
    public List<Problem> buildChanged() {
        return build(IncrementalProjectBuilder.INCREMENTAL_BUILD);
    }

    @Override
    public List<Problem> buildAll() {
        return build(IncrementalProjectBuilder.FULL_BUILD);
    }

    private List<Problem> build(int kind) {
        try {
            project.build(kind, null);
            List<Problem> problems = new ArrayList<>();
            for (IMarker marker : project.findMarkers(IMarker.PROBLEM, true, IResource.DEPTH_INFINITE)) {
                problems.add(new Problem(
                        marker.getResource().getProjectRelativePath().toString(),
                        marker.getAttribute(IMarker.LINE_NUMBER, 0),
                        marker.getAttribute(IMarker.SEVERITY, 0) == IMarker.SEVERITY_ERROR,
                        marker.getAttribute(IMarker.MESSAGE, "")));
            }
            problems.sort(Comparator.comparing(Problem::file)
                    .thenComparing(Problem::line)
                    .thenComparing(Problem::text));
            return problems;
        } catch (CoreException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Map<String, String> generated() {
        Map<String, String> sources = new TreeMap<>();
        IFolder folder = project.getFolder(AptConfig.getGenSrcDir(java));
        try {
            if (folder.exists()) {
                folder.accept(resource -> {
                    if (resource instanceof IFile file) {
                        sources.put(
                                file.getFullPath()
                                        .makeRelativeTo(folder.getFullPath())
                                        .toString(),
                                read(file));
                    }
                    return true;
                });
            }
        } catch (CoreException e) {
            throw new IllegalStateException(e);
        }
        return sources;
    }

    private static String read(IFile file) throws CoreException {
        try (InputStream in = file.getContents(true)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
