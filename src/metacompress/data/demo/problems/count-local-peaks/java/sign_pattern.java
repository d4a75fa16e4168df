import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

class Main {
    /** Draws the countLocalPeaks with one character per step: '/', '\' or '_'. */
    static String countLocalPeaks(String[] words) {
        StringBuilder drawing = new StringBuilder();
        for (int k = 2; k < words.length; k++) {
            int from = Integer.parseInt(words[k - 1]);
            int to = Integer.parseInt(words[k]);
            if (from == to) {
                drawing.append('_');
            } else {
                drawing.append(from < to ? '/' : '\\');
            }
        }
        return drawing.toString();
    }

    public static void main(String[] args) throws Exception {
        String text = new String(System.in.readAllBytes(), StandardCharsets.US_ASCII);
        String drawing = countLocalPeaks(text.strip().split("\\s+"));
        long numberOfPeaks = Pattern.compile(Pattern.quote("/\\")).matcher(drawing).results().count();
        System.out.println(numberOfPeaks);
    }
}
