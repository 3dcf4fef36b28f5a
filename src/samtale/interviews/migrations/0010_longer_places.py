from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("interviews", "0009_status_at"),
    ]

    operations = [
        migrations.AlterField(
            model_name="interview",
            name="place",
            field=models.CharField(blank=True, max_length=402, verbose_name="Place"),
        ),
    ]
