"""Words of people who prepare for a public competition, for `bot.domain.wording` to read.

General words in French, Arabic, Darija (in Arabic and in Latin letters) and English; nothing of
one pack. Spelled as usual: the reader folds accents and the forms of Arabic letters.
"""

from __future__ import annotations

# Words that only bind others.
BINDING = """
le la les l un une des de du d et ou en au aux a est sont etes sera serait qu c s t n j m y
il ils elle elles on je tu vous nous mon ma mes ton ta tes votre vos notre son sa ses leur
leurs ne pas plus se si sur pour par dans avec sans svp stp plait moi me te lui ce cela ca
cette cet ces que ya fait faire faut peut peux puis dois doit veux voudrais avez avoir ai as
ont etre suis tout tous toute toutes bien aussi alors donc merci bonjour salut va aller vais
existe existent encore toujours déjà vraiment exactement seulement juste chose quelque quelqu
personne cherche chercher voir consulter connaissez sais savez pense crois donne donnez donner
besoin autre autres même très peu beaucoup été entre chez comme
aura lieu explique expliquez expliquer lire bref
trop bon bonne meilleur meilleure dit dire aujourd hui arrive arriver www http https com
the a an of to in on at is are am be been do does did i you we they it its my your our their
me us him her for and or with this that these those pls please there s t m d ll re ve can
could will would shall should must may might need have has had why not no so if but as by
from about into any some get got tell give go going too good best better arrive today dont
take takes place read explain define describe recommend
still yet also more very really exactly only just first then than because see check look
looking something anything someone somebody send make made ask us
doesnt didnt isnt wont want like know im now hi hello thanks here
في من على الى عن مع بين هو هي هم هل ان انا انت نحن و ف ل ب ك يا او ثم قد لقد كان كانت يكون
تكون هذا هذه ذلك تلك التي الذي قبل كل لا لم لن ليس غير لدي لديك لديكم عند يجب يمكن اي شيء
واش شي حتى ديال ديالي ديالك ديالو د لي ليا لك اللي هاد هادشي هادي عفاك باش راه دابا دبا
اليوم غادي غدي بغيت خاصني خاص خاصو كاين كاينه عندي عندك عندكم ولا بلا مزيان بزاف فهاد ماشي
راني نتا نتي حنا هوا هيا ندير ندي كيدير كدير كتدير نشوف نعرف عبر
كيكون كتكون كيجي كتجي داير دايرة عطيني عطيوني قولي قول شرح اشرح واحد واحدة مني عليا عليه فيه
فيها بها به حاجة باقي مازال
wach dial dyal bghit khassni khass 3afak wla bzaf lia li f l had hadchi
"""

# A line a concept: whole words that ask for something.
QUESTIONS = """
when: quand when متى امتى امتا فوقاش وقتاش ايمتا fo9ach imta
where: où where أين فين وين منين fin fayn
much: combien much many شحال كم ch7al
what: quoi quel quelle quels quelles what which whats شنو اشنو شنوا ما ماهي ماهو ماذا اشمن
what: chno achno
how: comment how كيف كيفاش kifach
after: après after بعد
who: qui who شكون chkoun
why: pourquoi why علاش لماذا 3lach
"""

# A line a concept: the beginnings of words that mean it (short ones: whole words).
SAME = """
exam: concours examen exam épreuve test compétition competition sélection selection
exam: مباراة مباريات امتحان اختبار انتقاء كونكور
exam: mobara moubara lmobara konkour imtihan
written: écrit written كتابي ktabi
oral: oral entretien interview شفوي شفهي مقابلة chafawi
register: inscri préinscri postul candidature candidate apply appli regist تسجيل سجل ترشيح ترشح
register: tasjil
submit: dépôt dépos déposer submit filing إيداع أودع
file: dossier folder file ملف دوسي dossi
document: document pièce papier paper joindre fournir attach provid wra9
document: وثيقة وثائق وراق أوراق تقديم
diploma: diplôme degree diploma دبلوم
certificate: attestation certificat شهادة chahada
rejected: refus rejet reject رفض ترفض مرفوض اقصاء
mistake: erreur faute trompé mistake error wrong غلط خطا خطأ أخطاء ghalat
change: modif corrig chang edit fix تعديل عدل نصحح نبدل تغيير
remove: supprim annul retir delet remov withdraw cancel نحيد نمسح حذف إلغاء تلغ ستلغ
form: formulaire remplir rempli form fill استمارة
mail: mail email courriel بريد ايميل إلكتروني
list: liste list لائحة لايحة لوائح la2i7a
summons: convoc convoqu summon استدعاء استدعا مستدعى مدعو istid3a
receive: reçu recevoir recevrai receiv توصل وصلني وصلات جاني جاتني
accept: accept admis admitted retenu selected مقبول تقبل
appeal: recours réclam appeal تظلم طعن
name: nom name سميتي اسمي smiti
money: argent money فلوس مال flous
cost: payer payant payé paie frais coût coûte prix tarif fee fees cost pay paid price
cost: مصاريف خلص نخلص أداء دفع ندفع أدفع رسوم ثمن تكلفة khlas taman
free: gratuit free مجاني مجانا فابور fabor
scam: arnaque fraud escro piège faux fausse fake scam نصب نصاب احتيال مزور غش
true: vrai vérifi authenti réel real true genuine صحيح حقيقي
reliable: fiable reliab trust موثوق ثقة
notice: avis annonce notice announce إعلان
last: dernier dernière last final آخر أخير
deadline: limite délai deadline close clos clôtur ferme fermé expire finit termine end
deadline: أجل يسالي كيسالي كيسد يغلق ينتهي نهاية
date: date dates jour calendrier calendar day نهار تاريخ تواريخ موعد مواعيد يوم tarikh
hour: heure hour ساعة
week: semaine mois week month أسبوع أسابيع سيمانة شهر شهور simana
duration: temps durée duration long time وقت مدة
plan: plan planning schedule timetable خطة
programme: programme program syllabus برنامج
prepare: prépar prepar prep entraîn train practi nwjed
prepare: تحضير نحضر احضر استعد نستعد استعداد نوجد تدريب تمرين
revise: révis étudier étudi appren bosser revis study learn مراجعة نراجع أراجع نقرا ندرس دراسة نحفظ
revise: nraje3 n9ra
method: méthode organis method way طريقة منهجية
advice: conseil astuce tip tips advice نصائح نصيحة
subject: matière thème topic subject مواد محاور
theme: sujet موضوع مواضيع
knowledge: savoir connaissance notion maîtris master knowledge معارف معرف
succeed: réussi succe pass نجح ننجح نجاح
lesson: cours leçon lesson course درس دروس
book: livre bouquin book كتاب كتب
site: site website موقع مواقع
resource: ressource resource source documentation material support موارد مصادر مراجع
training: formation training تكوين
new: nouveau nouvelle new جديد
law: loi lois décret law laws texte text قانون قوانين مرسوم مراسيم نصوص
past: ancien précéd passés passées past old previous سابق قديم ماضي فارط فايت 9dim
year: année ans year سنة سنوات عام
archive: annale archive
sample: exemple modèle exemplaire sample model example نموذج نماذج namodaj namadij
answers: corrigé correction solution réponses answers أجوبة اجوبة حلول تصحيح
mcq: qcm mcq questions أسئلة
cnops: cnops كنوبس صندوق caisse fund
cnss: cnss ضمان
merge: fusion merg transfer transfér remplac absorb regroup
merge: دمج يجمع اندماج ستندمج انتقال تنتقل تولي ولات
vanish: closing dispar devenir devient avenir future exist تحيد تبقى باقي مصير
role: rôle mission مهام دور
meaning: signifi défini sigle acronym veut mean stand معنى تعني يعني تعريف عرف
insurance: amo assur insur couvert cover mutuel mutual تغطية تأمين تعاضدي
servant: fonctionn servant موظف
size: taille poids lourd volumineux gros dépasse mo ko size big large heavy mb حجم كبير ثقيل تقيل
size: ميغا ميكا small smaller petit صغير
shrink: réduire alléger compress shrink reduce نقص ننقص تصغير نصغر
format: format pdf scan صيغة
stage: étape phase déroul passe happen stage step process مرحلة مراحل خطوة خطوات أطوار marahil
start: commenc début start begin نبدا بداية نبدأ
work: travail boulot job work employé خدام خدمة كنخدم أعمل عمل
post: poste emploi توظيف كتوظف recrut recruit
excel: excel tableur spreadsheet اكسل اكسيل
download: télécharg download تحميل نحمل
find: trouv find نلقى نلقا أجد
"""

# What people ask that an FAQ seldom answers: named, so that it is not mistaken for its questions.
ELSEWHERE = """
vacancies: postes posts vacanc مناصب منصب
salary: salair salary paye wage راتب أجر صالير
age: âge age عمر سن
reply: réponse response answer جاوبت جوابي score
done: fini finished ساليت
mood: peur stress fatigu moral difficile triste tired afraid scared hard خايف عييت صعيب
weather: météo weather طقس
phone: téléphone phone numéro هاتف تيليفون
address: adresse address عنوان
coach: quiz rappel reminder notification données data معطيات langue language لغة pause robot bot
"""

# Function words of the three languages. The smallest list: whoever writes "before" or "not" in a
# short answer means it.
FUNCTION = """
le la les l un une des de du d au aux et en a ou qui que
the a an of to and or is
في من على الى عن او و مع est sont
"""

# A line a number that people write as a word; Arabic also says two of a thing in one word.
NUMBERS = """
0: zero zéro صفر
1: un une one واحد واحدة
2: deux two اثنان اثنين اثنتان جوج زوج سنتان سنتين عامان عامين شهران شهرين يومان يومين
3: trois three ثلاثة ثلاث تلاتة
4: quatre four أربعة أربع ربعة
5: cinq five خمسة خمس
6: six ستة ست
7: sept seven سبعة سبع
8: huit eight ثمانية ثمان تمنية
9: neuf nine تسعة تسع تسعود
10: dix ten عشرة عشر
11: onze eleven
12: douze twelve
15: quinze fifteen
20: vingt twenty عشرون عشرين
30: trente thirty ثلاثون ثلاثين
60: soixante sixty ستون ستين
90: ninety تسعون تسعين
100: cent hundred مائة مئة
"""
