import java.util.*;
import java.util.regex.*;

final class Main
{
    static final Pattern WORD = Pattern.compile("\\p{Alpha}+");

    static SortedSet<Integer> sizes(CharSequence text)
    {
        SortedSet<Integer> sizes = new TreeSet<>();
        sizes.add(0);
        Matcher m = WORD.matcher(text);
        while (m.find())
            sizes.add(m.end() - m.start());
        return sizes;
    }

    public static void main(String[] args)
    {
        Scanner console = new Scanner(System.in).useDelimiter("\n");
        String text = console.hasNext() ? console.next() : "";
        System.out.println(sizes(text).last());
    }
}
