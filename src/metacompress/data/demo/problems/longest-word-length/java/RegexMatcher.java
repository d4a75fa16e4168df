import java.util.*;
import java.util.regex.*;

final class Main
{
    static final Pattern WORD = Pattern.compile("\\p{Alpha}+");

    static SortedSet<Integer> longestWordSizes(CharSequence text)
    {
        SortedSet<Integer> longestWordSizes = new TreeSet<>();
        longestWordSizes.add(0);
        Matcher m = WORD.matcher(text);
        while (m.find())
            longestWordSizes.add(m.end() - m.start());
        return longestWordSizes;
    }

    public static void main(String[] args)
    {
        Scanner console = new Scanner(System.in).useDelimiter("\n");
        String text = console.hasNext() ? console.next() : "";
        System.out.println(longestWordSizes(text).last());
    }
}
