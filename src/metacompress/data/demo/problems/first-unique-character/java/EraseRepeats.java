import java.io.*;

class Main
{
    // Takes the head character; if it comes again, all copies are erased
    // and the search goes on with what is left.
    static char search(String rest)
    {
        if (rest.isEmpty())
            return '-';
        String head = rest.substring(0, 1);
        String tail = rest.substring(1);
        if (!tail.contains(head))
            return head.charAt(0);
        return search(tail.replace(head, ""));
    }

    public static void main(String[] args) throws IOException
    {
        String all = new String(System.in.readAllBytes());
        int stop = all.indexOf('\n');
        String line = stop < 0 ? all : all.substring(0, stop);
        System.out.println(search(line.replace(" ", "")));
    }
}
